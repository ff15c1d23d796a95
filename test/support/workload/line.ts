import { setTimeout as delay } from 'node:timers/promises';
import { type Api, Refusal } from '../api.js';

/** A connection to a server that may be killed and come back elsewhere, and the answers over it. */
export interface Line {
  /** Sends a write and measures it. @throws Unheard when it is unknown whether it was done; else the server's error */
  write<T>(what: string, work: (api: Api) => Promise<T>): Promise<T>;
  /** Reads, as often as it takes until a server answers. */
  read<T>(work: (api: Api) => Promise<T>): Promise<T>;
  /** The server is reached here from now on. */
  moveTo(api: Api): void;
  /** Stops waiting: unfinished work is abandoned. */
  end(): void;
  /** Every write that was answered: when it was sent (`performance.now()`), and how long it waited, in ms. */
  readonly waits: readonly Wait[];
}

export interface Wait {
  readonly what: string;
  readonly at: number;
  readonly ms: number;
}

/** The server was gone before it answered, or said itself that it can't know. */
export class Unheard extends Error {}

/** How soon a server that doesn't answer is asked again, in ms. */
const AGAIN_MS = 20;

export function createLine(first: Api, isUnheard: (code: string) => boolean): Line {
  let api = first;
  const waits: Wait[] = [];
  let isOver = false;

  return {
    waits,
    end() {
      isOver = true;
    },
    moveTo(next) {
      api = next;
    },
    async write(what, work) {
      const at = performance.now();
      try {
        const answer = await work(api);
        waits.push({ what, at, ms: performance.now() - at });
        return answer;
      } catch (error) {
        if (isGone(error) || (error instanceof Refusal && isUnheard(error.code)))
          throw new Unheard(String(error), { cause: error });
        throw error;
      }
    },
    async read(work) {
      for (;;) {
        try {
          return await work(api);
        } catch (error) {
          if (isOver || (!isGone(error) && !isUnheard(''))) throw error;
        }
        await delay(AGAIN_MS);
      }
    },
  };
}

/** Whether no answer came: `fetch` throws a TypeError then, and a reply that is cut off isn't JSON. */
export const isGone = (error: unknown): boolean => error instanceof TypeError || error instanceof SyntaxError;
