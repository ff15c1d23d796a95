import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from '../api.js';
import { createLine, type Line, type Wait } from './line.js';
import { createOracle, type Oracle } from './oracle.js';
import { createSearcher, type Searches } from './search.js';
import { createWriterOf, ownContent, SEEDS, seed, sharedContent } from './writer.js';

/** Clients that work on a project all the time, whatever is done to it meanwhile. */
export interface Workload {
  readonly oracle: Oracle;
  /** Writes that were acknowledged so far. */
  readonly acknowledged: number;
  readonly waits: readonly Wait[];
  readonly searches: Searches;
  /** What went wrong while it ran, a line each: refused writes, searches that failed or missed. */
  readonly faults: readonly string[];
  /** Starts the writers and the searcher; they run until `stop`. */
  start(): void;
  /** The server is reached here from now on: writers that wait for it continue. */
  moveTo(api: Api): void;
  /** Resolves when this many more writes were acknowledged. */
  more(count: number): Promise<void>;
  /** Resolves when everybody has finished their current work. A server must answer. */
  stop(): Promise<void>;
  /** Stops everybody at once, whether a server answers or not; for a test that failed. */
  abandon(): void;
  /** Everything that is wrong: what went wrong meanwhile, and what isn't as it was acknowledged. */
  check(api: Api): Promise<readonly string[]>;
}

export interface WorkloadOptions {
  /** Default 4. */
  readonly writers?: number;
  /** Records that exist before it starts. Default 200. */
  readonly before?: number;
  /** How long each writer rests after a write, in ms. Default 100. */
  readonly restMs?: number;
  /**
   * After this many writes beyond those that `more` waited for, everybody rests twice as long as at first, after twice as
   * many three times, and so on: a move catches up with them on any machine. Default 50; `Infinity`: they never get slower.
   */
  readonly pace?: number;
  /** Whether each memory has a content of its own, so that each is embedded. Default false: they share a few contents. */
  readonly ownContents?: boolean;
  /** Whether there is a searcher. Default true. */
  readonly isSearched?: boolean;
  /** Codes of errors after which it is unknown whether the write was done, besides a server that is gone. */
  readonly unheard?: readonly string[];
}

/** Fills a project and prepares its writers; `start` starts them. */
export async function createWorkload(api: Api, projectId: string, options: WorkloadOptions = {}): Promise<Workload> {
  const { writers = 4, before = 200, restMs = 100, pace = 50 } = options;
  const { isSearched = true, ownContents = false, unheard = [] } = options;
  const oracle = createOracle(projectId);
  const faults: string[] = [];
  const line: Line = createLine(api, (code) => (code === '' ? unheard.length > 0 : unheard.includes(code)));
  const contentOf = ownContents ? ownContent : sharedContent;
  await seed(api, projectId, oracle, Math.max(before, SEEDS), contentOf);
  const searcher = createSearcher(line, projectId, faults);
  let isOver = false;
  let running: Promise<unknown> | null = null;
  /** The number of acknowledged writes that were requested so far. */
  let asked = 0;

  async function keepOn(step: () => Promise<void>): Promise<void> {
    while (!isOver) {
      await step().catch((error: unknown) => faults.push(String(error)));
      await delay(restMs * (1 + Math.max(0, line.waits.length - asked) / pace));
    }
  }

  return {
    oracle,
    get acknowledged() {
      return line.waits.length;
    },
    waits: line.waits,
    searches: searcher.searches,
    faults,
    start() {
      if (running) return;
      const people = Array.from({ length: writers }, (_, writer) =>
        createWriterOf({ line, projectId, oracle, faults, contentOf, writer }),
      );
      running = Promise.all([...people, ...(isSearched ? [searcher.search] : [])].map(keepOn));
    },
    moveTo: line.moveTo,
    async more(count) {
      const goal = line.waits.length + count;
      asked = Math.max(asked, goal);
      while (line.waits.length < goal && !isOver) await delay(5);
    },
    async stop() {
      isOver = true;
      await running;
    },
    abandon() {
      isOver = true;
      line.end();
    },
    check: async (now) => [...faults, ...(await oracle.check(now))],
  };
}
