import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('receiver-process.ts', import.meta.url));

/** How often the receiver was killed. */
export interface Deaths {
  /** With requests at any stage. */
  atOnce: number;
  /** With a record stored but not yet acknowledged. */
  beforeAnswer: number;
}

/** A receiver in its own process, which is killed with SIGKILL and restarted on the same port. */
export class MortalReceiver {
  readonly deaths: Deaths = { atOnce: 0, beforeAnswer: 0 };
  readonly #where: string;
  #process: ChildProcess | undefined;
  #port = 0;

  constructor(where: string) {
    this.#where = where;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/voicenter/cdr`;
  }

  async start(): Promise<void> {
    this.#process = fork(PROGRAM, [this.#where, String(this.#port)]);
    this.#process.once('exit', died);
    const [port] = await once(this.#process, 'message');
    this.#port = port;
  }

  /** Kills the receiver immediately and restarts it. */
  async killAtOnce(): Promise<void> {
    this.deaths.atOnce++;
    await this.end();
    await this.start();
  }

  /** Waits for one more stored record, kills the receiver before it answers, and restarts it. */
  async killBeforeAnswer(): Promise<void> {
    if (!this.#process) return;
    this.#process.send('hold');
    await once(this.#process, 'message');
    this.deaths.beforeAnswer++;
    await this.end();
    await this.start();
  }

  /** Kills the receiver without restarting it. */
  async end(): Promise<void> {
    if (!this.#process) return;
    this.#process.off('exit', died);
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }
}

function died(code: number | null): void {
  console.error(`The receiver ended by itself, with ${code}`);
  process.exit(1);
}
