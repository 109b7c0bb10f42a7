import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, json } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { getRequestListener } from '@hono/node-server';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import express from 'express';
import Fastify from 'fastify';
import type { Cdr, CdrFormat } from 'voicenter-cdr';
import { cdrSchema } from 'voicenter-cdr/schema';
import { createApp as createExpress } from '../examples/express.js';
import { createApp as createFastify, receiveCdr } from '../examples/fastify.js';
import { createWorker } from '../examples/fetch.js';
import { createApp as createHono } from '../examples/hono.js';
import { createHandler } from '../examples/lambda.js';
import { cdrModule, createApp as createNest } from '../examples/nestjs.js';
import { createReceiver } from '../examples/node-http.js';
import { buildAndStart } from './next-app.js';

type Save = (cdr: Cdr) => Promise<void>;

/** A receiver that listens. */
export interface Running {
  /** Where Voicenter would send its records. */
  url: string;
  close: () => Promise<unknown>;
}

export type Start = (save: Save) => Promise<Running>;

const PATH = '/voicenter/cdr';
const HOST = '127.0.0.1';

Logger.overrideLogger(false);

/** Each example, started as its framework starts. */
export const RECEIVERS: Record<string, Start> = {
  'node:http': (save) => listen(createReceiver(save)),
  Express: (save) => listen(createServer(createExpress(save))),
  Fastify: (save) => listenFastify(createFastify(save)),
  Hono: (save) => listen(createServer(getRequestListener(createHono(save).fetch))),
  NestJS: async (save) => listenNest(await createNest(save)),
  'Next.js': startNext,
  'Workers, Bun and Deno': (save) =>
    listen(createServer(getRequestListener(createWorker(save).fetch))),
  'AWS Lambda behind a REST API': (save) => listen(gateway(createHandler(save), capitals)),
  'AWS Lambda behind an HTTP API': (save) => listen(gateway(createHandler(save), String)),
};

/** The same handlers behind the parsers that an application often has already. */
export const BEHIND_PARSERS: {
  name: string;
  start: Start;
  /** What the parsers read. */
  formats: CdrFormat[];
  /** The status that windows-1255 is answered with. */
  windows1255: number;
  /** The status that XML is answered with, and how many records arrive of one. */
  xml: { status: number; records: number };
}[] = [
  {
    name: 'the parsers of Express',
    start: (save) => {
      const parsers = [express.json(), express.urlencoded()];
      return listen(createServer(express().use(parsers, createExpress(save))));
    },
    formats: ['json', 'form'],
    windows1255: 415,
    xml: { status: 200, records: 1 }, // the example has a parser of its own behind
  },
  {
    name: 'the parsers of Fastify',
    start: (save) => {
      const app = Fastify();
      app.post(PATH, receiveCdr(save));
      return listenFastify(app);
    },
    formats: ['json'],
    windows1255: 200,
    xml: { status: 415, records: 0 },
  },
  {
    name: 'the parsers of NestJS',
    start: async (save) => listenNest(await NestFactory.create(cdrModule(save))),
    formats: ['json', 'form'],
    windows1255: 415,
    xml: { status: 200, records: 0 },
  },
];

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

/** Next runs in a process of its own, where `save` is a request to a CRM: this one. */
async function startNext(save: Save): Promise<Running> {
  const crm = await listen(
    createServer(async (request, response) => {
      const saved = save(cdrSchema.parse(await json(request)));
      const status = await saved.then(
        () => 200,
        () => 500,
      );
      response.writeHead(status).end();
    }),
  );
  const app = await buildAndStart({ CRM_URL: crm.url });
  return { url: app.url + PATH, close: () => Promise.all([app.close(), crm.close()]) };
}
