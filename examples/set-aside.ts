import { type Ack, buildAck, type Cdr, detectFormat, safeParseCdr } from 'voicenter-cdr';

type Body = string | Uint8Array | ArrayBuffer;
type ContentType = string | null | undefined;

/** Where records go, and where bodies go that cannot be read. */
export interface Store {
  save(cdr: Cdr): void | Promise<void>;
  /** Keeps a body as it came, for a person to look at. */
  setAside(body: Body, contentType: ContentType, why: string): void | Promise<void>;
}

/** The answer to a request: OK for a record that was saved, and for a body that was set aside. */
export async function answerTo(body: Body, contentType: ContentType, store: Store): Promise<Ack> {
  let err: unknown = 0;
  try {
    const result = safeParseCdr(body, contentType);
    if (result.success) await store.save(result.data);
    else await store.setAside(body, contentType, result.error.message);
  } catch (error) {
    err = error; // err 2, neither saved nor set aside: comes again
    console.error(String(error));
  }
  return buildAck(err, detectFormat(body, contentType));
}
