import express, { type Express } from 'express';
import { type Receiver, receiveCdr } from 'voicenter-cdr';

/** An Express app with the receiver's route. The path should contain a secret. */
export function createApp(path: string, receiver: Receiver): Express {
  const app = express();
  app.post(path, express.raw({ type: () => true, limit: '10mb' }), async (req, res) => {
    const options = { onError: console.error, ...receiver };
    const ack = await receiveCdr(req.body, req.get('content-type'), options);
    res.status(ack.status).set(ack.headers).send(ack.body);
  });
  return app;
}
