import type { SignInLane } from '../../../src/sign-in/contract.js';
import { createAnswers } from '../../../src/sign-in/lane/answers.js';
import { createLane, type LaneOptions } from '../../../src/sign-in/lane/lane.js';
import type { LibraryNetwork } from '../../../src/sign-in/network.js';

type ProgramFetch = LibraryNetwork['fetchProgram'];

/** The library for signing in, in this thread: it fetches programs' documents as a test says. For `AppOptions.createLane`. */
export function laneWith(fetchProgram: ProgramFetch): (options: LaneOptions) => SignInLane {
  return ({ data, calls }) => {
    const answer = createAnswers(data, { ...calls, log: async (...line) => calls.log(...line) }, { fetchProgram });
    let requests = 0;
    return {
      // From addresses of their own: those of one are limited in number.
      answer: (request) => {
        requests += 1;
        return answer({ ...request, address: `10.0.${requests >> 8}.${requests & 255}` });
      },
      isRunning: true,
      close: async () => undefined,
    };
  };
}

/** What is at the addresses at which programs say what they are. */
export function documents(all: Readonly<Record<string, object>>): ProgramFetch {
  return async (url) => {
    const document = all[String(url)];
    if (!document) return new Response(null, { status: 404 });
    return Response.json({ client_id: String(url), ...document });
  };
}

/** The library in its thread, which is watched: how many passwords it had hashed, to make or to compare. */
export function countingLane() {
  let hashes = 0;
  return {
    hashes: () => hashes,
    createLane: ({ calls, ...options }: LaneOptions): SignInLane =>
      createLane({
        ...options,
        calls: {
          ...calls,
          hashPassword(password) {
            hashes += 1;
            return calls.hashPassword(password);
          },
          verifyPassword(...args) {
            hashes += 1;
            return calls.verifyPassword(...args);
          },
        },
      }),
  };
}
