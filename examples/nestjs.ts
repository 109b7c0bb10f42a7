import {
  Controller,
  type DynamicModule,
  type INestApplication,
  Inject,
  Module,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Request, type Response, raw } from 'express';
import { buildAck, type Cdr, detectFormat, parseCdr } from 'voicenter-cdr';

type Save = (cdr: Cdr) => void | Promise<void>;
const SAVE = Symbol('save');

@Controller('voicenter/cdr')
class CdrController {
  constructor(@Inject(SAVE) private readonly save: Save) {}

  @Post()
  async receive(@Req() request: Request, @Res() response: Response): Promise<void> {
    const contentType = request.get('content-type');
    let err: unknown = 0;
    try {
      await this.save(parseCdr(request.body, contentType));
    } catch (error) {
      err = error; // err 1, unreadable: comes again for ever; err 2, not saved: comes again
      console.error(String(error));
    }
    const ack = buildAck(err, detectFormat(request.body, contentType));
    response.status(ack.status).set(ack.headers).send(ack.body);
  }
}

@Module({ controllers: [CdrController] })
class CdrModule {}

/** The module to import: it hands each record to `save`, and answers. */
export function cdrModule(save: Save): DynamicModule {
  return { module: CdrModule, providers: [{ provide: SAVE, useValue: save }] };
}

/** A Nest application with that module alone. */
export async function createApp(save: Save): Promise<INestApplication> {
  const app = await NestFactory.create(cdrModule(save));
  app.use('/voicenter/cdr', raw({ type: () => true, limit: '10mb' })); // before Nest's own parsers
  return app;
}
