export { cdrSchema } from './model/schema.js';
