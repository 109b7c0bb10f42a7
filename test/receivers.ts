import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, json } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { compileFunction } from 'node:vm';
import { getRequestListener } from '@hono/node-server';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import express from 'express';
import express4 from 'express4';
import Fastify from 'fastify';
import type { CdrFormat, Receiver } from 'voicenter-cdr';
import * as voicenterCdr from 'voicenter-cdr';
import { cdrSchema } from 'voicenter-cdr/schema';
import { createApp as createExpress } from '../examples/express.js';
import {
  createApp as createFastify,
  createHandler as fastifyHandler,
} from '../examples/fastify.js';
import { createWorker } from '../examples/fetch.js';
import { createApp as createHono } from '../examples/hono.js';
import { createHandler } from '../examples/lambda.js';
import { createModule, createApp as createNest } from '../examples/nestjs.js';
import { createReceiver } from '../examples/node-http.js';
import { buildAndStart } from './next-app.js';

/** A listening receiver. */
export interface Running {
  /** Where Voicenter would send its records. */
  url: string;
  close: () => Promise<unknown>;
}

export type Start = (receiver: Receiver) => Promise<Running>;

const SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const PATH = `/voicenter/${SECRET}`;
const HOST = '127.0.0.1';

Logger.overrideLogger(false);

/** Each example, started the way its framework is. */
export const RECEIVERS: Record<string, Start> = {
  'node:http': (receiver) => listen(createReceiver(PATH, receiver)),
  Express: (receiver) => listen(createServer(createExpress(PATH, receiver))),
  'Express 4': (receiver) => listen(createServer(oldAppWithReceiver(receiver))),
  Fastify: (receiver) => listenFastify(createFastify(PATH, receiver)),
  Hono: (receiver) => listen(createServer(getRequestListener(createHono(PATH, receiver).fetch))),
  NestJS: async (receiver) => listenNest(await createNest(PATH, receiver)),
  'Next.js': startNext,
  'Workers, Bun and Deno': (receiver) =>
    listen(createServer(getRequestListener(createWorker(PATH, receiver).fetch))),
  'AWS Lambda behind a REST API': (receiver) => listen(gateway(createHandler(receiver), capitals)),
  'AWS Lambda behind an HTTP API': (receiver) => listen(gateway(createHandler(receiver), String)),
};

/** The same handlers behind the parsers that applications often already have. */
export const BEHIND_PARSERS: {
  name: string;
  start: Start;
  /** What the parsers read. */
  formats: CdrFormat[];
  /** The status of the answer to windows-1255. */
  windows1255: number;
  /** The status of the answer to XML, and how many records are saved of one sent. */
  xml: { status: number; records: number };
}[] = [
  {
    name: 'the parsers of Express',
    start: (receiver) => {
      const parsers = [express.json(), express.urlencoded()];
      return listen(createServer(express().use(parsers, createExpress(PATH, receiver))));
    },
    formats: ['json', 'form'],
    windows1255: 415,
    xml: { status: 200, records: 1 }, // the example has a parser of its own behind
  },
  {
    name: 'the parsers of Fastify',
    start: (receiver) => {
      const app = Fastify();
      app.post(PATH, fastifyHandler(receiver));
      return listenFastify(app);
    },
    formats: ['json'],
    windows1255: 200,
    xml: { status: 415, records: 0 },
  },
  {
    name: 'the parsers of NestJS',
    start: async (receiver) => listenNest(await NestFactory.create(createModule(PATH, receiver))),
    formats: ['json', 'form'],
    windows1255: 415,
    xml: { status: 200, records: 0 },
  },
];

/** The CommonJS example, in front of an application that has its own parsers. */
function oldAppWithReceiver(receiver: Receiver): RequestListener {
  const oldApp = express4();
  oldApp.use(express4.json(), express4.urlencoded({ extended: true }));
  oldApp.post('/old', (req, res) => res.json(req.body));
  const { withReceiver } = loadCommonJs('examples/express-4.cjs', {
    express: express4,
    'voicenter-cdr': voicenterCdr,
  });
  return withReceiver(oldApp, PATH, receiver);
}

/** Runs a file with these modules. A real `require` would need the built package. */
function loadCommonJs(file: string, modules: Record<string, unknown>) {
  const code = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
  const module: { exports: Record<string, (...args: unknown[]) => RequestListener> } = {
    exports: {},
  };
  compileFunction(code, ['require', 'module'])((name: string) => modules[name], module);
  const { withReceiver } = module.exports;
  if (!withReceiver) throw new Error(`${file} does not export withReceiver`);
  return { withReceiver };
}

async function listen(server: Server): Promise<Running> {
  await new Promise<void>((listening) => server.listen(0, HOST, listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://${HOST}:${port}${PATH}`, close: promisify(server.close.bind(server)) };
}

async function listenFastify(app: ReturnType<typeof createFastify>): Promise<Running> {
  return { url: (await app.listen({ port: 0, host: HOST })) + PATH, close: () => app.close() };
}

async function listenNest(app: Awaited<ReturnType<typeof createNest>>): Promise<Running> {
  await app.listen(0, HOST);
  return { url: (await app.getUrl()) + PATH, close: () => app.close() };
}

/** API Gateway: the request becomes an event, with the body in base64, and the result an answer. */
function gateway(
  handler: ReturnType<typeof createHandler>,
  spell: (header: string) => string,
): Server {
  return createServer(async (request, response) => {
    const body = await buffer(request).catch(() => Buffer.alloc(0)); // the sender hung up
    const headers = Object.entries(request.headers).map(([name, value]) => [spell(name), value]);
    const result = await handler({
      headers: Object.fromEntries(headers),
      body: body.toString('base64') || null,
      isBase64Encoded: true,
    });
    for (const [name, value] of Object.entries(result.headers ?? {})) {
      response.setHeader(name, String(value));
    }
    response.writeHead(result.statusCode).end(result.body);
  });
}

function capitals(header: string): string {
  return header.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/** Next.js runs in its own process, whose `save` is a request to a CRM: to this process. */
async function startNext({ save }: Receiver): Promise<Running> {
  const crm = await listen(
    createServer(async (request, response) => {
      const cdr = cdrSchema.parse(await json(request));
      const status = await Promise.resolve(save(cdr, { body: '', contentType: null })).then(
        () => 200,
        () => 500,
      );
      response.writeHead(status).end();
    }),
  );
  const app = await buildAndStart({ CRM_URL: crm.url, VOICENTER_SECRET: SECRET });
  return { url: app.url + PATH, close: () => Promise.all([app.close(), crm.close()]) };
}
