import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createQueueReceiver, openQueue } from '../../examples/bullmq/receiver.js';
import { minimal } from '../records.js';
import { hasRedisServer } from '../services.js';

const document = readFileSync(new URL('../../docs/reliability.md', import.meta.url), 'utf8');
/** The commands that the document says to run, each as arguments of redis-cli. */
const documented = [...document.matchAll(/^redis-cli (config .+)$/gm)].map(([, command = '']) =>
  command.split(' '),
);

const PATH = '/voicenter/0f1e2d3c4b5a6978';
const COUNT = 40;

describe.skipIf(!hasRedisServer)('acknowledged records, when Redis is killed', () => {
  let folder = '';
  let port = 0;
  let redis: ChildProcess;

  beforeEach(async () => {
    vi.spyOn(console, 'error').mockReturnValue(); // the queue reports that Redis is away
    folder = mkdtempSync(join(tmpdir(), 'redis-'));
    port = await freePort();
    const settings = ['port', port, '\nbind 127.0.0.1\ndir', folder];
    writeFileSync(join(folder, 'redis.conf'), `${settings.join(' ')}\n`);
    await startRedis();
  });
  afterEach(async () => {
    await killRedis();
    rmSync(folder, { recursive: true });
    vi.restoreAllMocks();
  });

  async function startRedis(): Promise<void> {
    redis = spawn('redis-server', [join(folder, 'redis.conf')], { stdio: 'ignore' });
    await expect.poll(() => redisCli('ping'), { timeout: 20_000 }).toBe('PONG');
  }
  async function killRedis(): Promise<void> {
    if (redis.exitCode !== null || redis.signalCode !== null) return;
    const died = once(redis, 'exit');
    redis.kill('SIGKILL');
    await died;
  }
  function redisCli(...command: string[]): string {
    try {
      return execFileSync('redis-cli', ['-p', String(port), ...command], {
        encoding: 'utf8',
        stdio: 'pipe',
      }).trim();
    } catch (error) {
      return String(error); // it is not up yet
    }
  }

  /** Sends records until all are acknowledged, kills Redis at once, and counts what survived. */
  async function countAfterCrash(): Promise<number> {
    const queue = openQueue(`redis://127.0.0.1:${port}`);
    await queue.waitUntilReady();
    const server = createQueueReceiver(PATH, queue).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`;
    const answers = Array.from({ length: COUNT }, async (_, index) => {
      const body = JSON.stringify(minimal({ ivruniqueid: `call${index}` }));
      return (await fetch(url, { method: 'POST', body })).json();
    });
    const ok = { err: 0, errdesc: 'OK' };
    expect(await Promise.all(answers)).toEqual(answers.map(() => ok));
    await killRedis();
    server.close();

    await startRedis();
    let count = -1;
    const recount = async () => {
      count = await queue.getJobCountByTypes('waiting').catch(() => -1); // not connected again yet
      return count;
    };
    await expect.poll(recount, { timeout: 30_000 }).toBeGreaterThanOrEqual(0);
    await queue.close();
    return count;
  }

  it('all survive a restart with the documented settings', async () => {
    expect(documented.map(([, command]) => command)).toEqual(['set', 'set', 'rewrite']);
    for (const command of documented) expect(redisCli(...command)).toBe('OK');
    await expect
      .poll(() => redisCli('info', 'persistence'), { timeout: 20_000 })
      .toMatch(/aof_enabled:1\r?\naof_rewrite_in_progress:0/);
    expect(await countAfterCrash()).toBe(COUNT);
    expect(await countAfterCrash()).toBe(COUNT); // copies are the same jobs
  }, 120_000);

  it("are lost with Redis's default settings", async () => {
    expect(await countAfterCrash()).toBe(0);
  }, 60_000);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
