/** One thing to be timed. */
export interface Case {
  name: string;
  run: () => unknown;
}

/** The result of a case's rounds, in microseconds a call. */
export interface Timing {
  name: string;
  median: number;
  /** The 10th and 90th percentiles. */
  low: number;
  high: number;
  /** The median over the rounds of this case's time divided by the first case's in that round. */
  ratio: number;
}

const ROUNDS = 21;
const WARM_UP = 5;
const ROUND_MILLISECONDS = 12;

/**
 * Times cases that do the same work. Each round runs every case, so whatever slows the machine for
 * a while slows them all and hardly affects the round's ratios.
 */
export async function rounds(cases: Case[]): Promise<Timing[]> {
  const repeats: number[] = [];
  for (const { run } of cases) repeats.push(await repeatsFor(run));
  const times = cases.map((): number[] => []);
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (let place = 0; place < cases.length; place++) {
      // Each round starts with another case.
      const index = (place + round) % cases.length;
      const microseconds = await time(cases[index]?.run ?? (() => {}), repeats[index] ?? 1);
      if (round >= WARM_UP) times[index]?.push(microseconds);
    }
  }
  return cases.map(({ name }, index) => {
    const own = times[index] ?? [];
    const ratios = own.map((microseconds, round) => microseconds / (times[0]?.[round] ?? 1));
    return {
      name,
      median: percentile(own, 50),
      low: percentile(own, 10),
      high: percentile(own, 90),
      ratio: percentile(ratios, 50),
    };
  });
}

/** How often to run a case in a round: as often as fits, once the engine has compiled it. */
async function repeatsFor(run: () => unknown): Promise<number> {
  let repeats = 1;
  for (;;) {
    const milliseconds = ((await time(run, repeats)) * repeats) / 1000;
    if (milliseconds >= ROUND_MILLISECONDS) return repeats;
    repeats = Math.ceil(repeats * Math.min(10, (1.2 * ROUND_MILLISECONDS) / milliseconds + 1));
  }
}

async function time(run: () => unknown, repeats: number): Promise<number> {
  const waits = run() instanceof Promise;
  const from = performance.now();
  if (waits) for (let count = 0; count < repeats; count++) await run();
  else for (let count = 0; count < repeats; count++) run();
  return ((performance.now() - from) * 1000) / repeats;
}

export function percentile(values: number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round(((sorted.length - 1) * percent) / 100)] ?? Number.NaN;
}
