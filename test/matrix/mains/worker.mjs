import bodies from 'bodies.json';
import { receiveAll } from 'bundle.mjs';

export default {
  test() {
    if ('process' in globalThis || 'Buffer' in globalThis) throw new Error('this is half a Node');
    console.log(JSON.stringify(receiveAll(bodies)));
  },
};
