/** Express 4. For what the tests use, its types are the same as those of `@types/express`. */
declare module 'express4' {
  import express from 'express';

  export default express;
}
