/** Express 4, whose own types are those of `@types/express` for what the tests use. */
declare module 'express4' {
  import express from 'express';

  export default express;
}
