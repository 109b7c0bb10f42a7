import {
  Controller,
  type DynamicModule,
  type INestApplication,
  Module,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Request, type Response, raw } from 'express';
import { type Receiver, receiveCdr } from 'voicenter-cdr';

@Module({})
class CdrModule {}

/** The module to import. The path should contain a secret. */
export function createModule(path: string, receiver: Receiver): DynamicModule {
  @Controller(path)
  class CdrController {
    @Post()
    async receive(@Req() request: Request, @Res() response: Response): Promise<void> {
      const options = { onError: console.error, ...receiver };
      const ack = await receiveCdr(request.body, request.get('content-type'), options);
      response.status(ack.status).set(ack.headers).send(ack.body);
    }
  }
  return { module: CdrModule, controllers: [CdrController] };
}

/** A Nest application with only that module. */
export async function createApp(path: string, receiver: Receiver): Promise<INestApplication> {
  const app = await NestFactory.create(createModule(path, receiver));
  app.use(path, raw({ type: () => true, limit: '10mb' })); // before Nest's own parsers
  return app;
}
