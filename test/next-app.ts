import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const folder = fileURLToPath(new URL('../examples/nextjs', import.meta.url));
const command = createRequire(import.meta.url).resolve('next/dist/bin/next');

/** Builds examples/nextjs and starts it on a free port, as `next build` and `next start` do. */
export async function buildAndStart(settings: Record<string, string>) {
  const options = {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...settings },
  } as const;
  await promisify(execFile)(process.execPath, [command, 'build'], options);
  const server = spawn(
    process.execPath,
    [command, 'start', '--port', '0', '--hostname', '127.0.0.1'],
    { ...options, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  return {
    url: await firstAddressIn(server.stdout),
    close: async () => {
      server.kill();
      await once(server, 'exit');
      for (const built of ['.next', 'next-env.d.ts'])
        rmSync(join(folder, built), { recursive: true });
    },
  };
}

async function firstAddressIn(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (address) return address;
  }
  throw new Error('Next ended before it listened');
}
