const express = require('express');
const { receiveCdr } = require('voicenter-cdr');

/**
 * Mounts the route in front of an existing application, whose own parsers would consume the body
 * first. The path should contain a secret.
 */
function withReceiver(oldApp, path, receiver) {
  const app = express();
  app.post(path, express.raw({ type: () => true, limit: '10mb' }), (req, res, next) => {
    const options = { onError: console.error, ...receiver };
    receiveCdr(req.body, req.get('content-type'), options)
      .then((ack) => res.status(ack.status).set(ack.headers).send(ack.body))
      .catch(next); // Express 4 does not wait for promises
  });
  app.use(oldApp);
  return app;
}

module.exports = { withReceiver };
