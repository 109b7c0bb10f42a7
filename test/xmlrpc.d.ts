// npm's xmlrpc has types for its clients only.
declare module 'xmlrpc/lib/serializer.js' {
  const serializer: {
    serializeMethodCall(method: string, params: unknown[]): string;
    serializeMethodResponse(value: unknown): string;
  };
  export default serializer;
}
declare module 'xmlrpc/lib/deserializer.js' {
  import type { Readable } from 'node:stream';

  export default class Deserializer {
    deserializeMethodResponse(
      stream: Readable,
      done: (error: Error | null, value: unknown) => void,
    ): void;
    deserializeMethodCall(
      stream: Readable,
      done: (error: Error | null, method: string, params: unknown[]) => void,
    ): void;
  }
}
