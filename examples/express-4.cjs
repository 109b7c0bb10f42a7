const express = require('express');
const { receiveCdr } = require('voicenter-cdr');

/**
 * Puts the route in front of an old application, whose own parsers would read the body first. The
 * path has something secret in it.
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
