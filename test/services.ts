import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * The real services that some tests need. Tests whose service is missing are skipped, unless
 * SERVICES is `required`: then it is an error. .ci/run sets it once it has started the services.
 */
export const databaseUrl = process.env['DATABASE_URL'] ?? '';
export const redisUrl = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379';

export const hasPostgres = databaseUrl !== '';
export const hasRedis = process.env['REDIS_URL'] !== undefined || (await accepts(6379));
/** Whether a test can start its own Redis and kill it. */
export const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0;

if (process.env['SERVICES'] === 'required' && !(hasPostgres && hasRedis && hasRedisServer)) {
  throw new Error('Postgres or Redis is missing, and SERVICES says that they are required');
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const answer = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return answer;
}
