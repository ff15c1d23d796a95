import { withHostLock } from '../config/host-lock.js';
import { findServer } from '../config/server-file.js';
import { toReachError } from './errors.js';
import { findForAgent, type Wanted } from './find.js';
import type * as hosting from './host.js';
import { hasProject } from './project-place.js';

/** The server of an agent. */
export interface AgentServer {
  /**
   * Finds it, or starts it in this process. Call it again when nothing answers at the address any more: the agent that ran
   * the server may have ended, and this one is the next to run it.
   * @throws ReachError when there is none, and none can be started
   */
  reach(): Promise<Reached>;
  /** Stops the server when it runs in this process. Calling it again does nothing. */
  close(): Promise<void>;
}

/** A server that was found, or runs in this process. */
export interface Reached {
  readonly url: string;
  /** Its data directory: an absolute path, or null when only the server knows. */
  readonly dataDirectory: string | null;
  /** Whether it runs in this process. */
  readonly isOurs: boolean;
}

/** @param note prints what a person may want to know */
export function createAgentServer(wanted: Wanted, note: (text: string) => void): AgentServer {
  let hosted: (hosting.Hosted & { readonly dataDirectory: string }) | null = null;
  let reaching: Promise<Reached> | null = null;
  /** Where the data is that this agent has worked on: it doesn't change to other data when the server of that ends. */
  let chosen: string | null = null;
  let isClosed = false;

  async function connect(): Promise<Reached> {
    if (hosted) return { ...hosted, isOurs: true };
    if (chosen !== null) return host(chosen);
    const { url, dataDirectory, unopened } = await findForAgent(wanted);
    if (url === null) return host(dataDirectory!);
    // Another data directory may have the project.
    if (unopened !== null) {
      const ours = await host(unopened);
      if (await hasProject(ours.url, wanted.project)) return ours;
      await stop();
    }
    return { url, dataDirectory, isOurs: false };
  }

  /** Starts the server in this process, unless another agent was faster. */
  function host(dataDirectory: string): Promise<Reached> {
    return withHostLock(dataDirectory, async () => {
      const running = await findServer(dataDirectory);
      if (running !== null) return { url: running, dataDirectory, isOurs: false };
      const { hostApp }: typeof hosting = await import('./host.js');
      const { url, close } = await hostApp(dataDirectory, wanted.environment);
      hosted = { url, dataDirectory, close };
      note(`No server runs, so this process is one, at ${url}, on ${dataDirectory}.`);
      return { url, dataDirectory, isOurs: true };
    });
  }

  async function stop(): Promise<void> {
    const stopped = hosted;
    hosted = null;
    await stopped?.close();
  }

  return {
    reach() {
      if (isClosed) return Promise.reject(new Error('The agent’s server was closed.'));
      reaching ??= connect()
        .then((reached) => {
          chosen = reached.dataDirectory;
          return reached;
        })
        .catch((error: unknown) => {
          throw toReachError(error);
        })
        .finally(() => {
          reaching = null;
        });
      return reaching;
    },
    async close() {
      isClosed = true;
      await reaching?.catch(() => undefined);
      await stop();
    },
  };
}
