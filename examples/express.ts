import express, { type Express } from 'express';
import { buildAck, type Cdr, detectFormat, parseCdr } from 'voicenter-cdr';

/** An Express app that hands each record to `save`, and answers. */
export function createApp(save: (cdr: Cdr) => void | Promise<void>): Express {
  const app = express();
  app.post('/voicenter/cdr', express.raw({ type: () => true, limit: '10mb' }), async (req, res) => {
    const contentType = req.get('content-type');
    let err: unknown = 0;
    try {
      await save(parseCdr(req.body, contentType));
    } catch (error) {
      err = error; // err 1, unreadable: comes again for ever; err 2, not saved: comes again
      console.error(String(error));
    }
    const ack = buildAck(err, detectFormat(req.body, contentType));
    res.status(ack.status).set(ack.headers).send(ack.body);
  });
  return app;
}
