import { withHostLock } from '../config/host-lock.js';
import type { Presence } from '../config/presence.js';
import { findServer } from '../config/server-file.js';
import { createEndpoint, type Endpoint } from '../endpoint/endpoint.js';
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
export interface Reached extends Endpoint {
  /** Its data directory: an absolute path, or null when only the server knows. */
  readonly dataDirectory: string | null;
  /** Whether it runs in this process. */
  readonly isOurs: boolean;
}

/** @param note prints what a person may want to know */
export function createAgentServer(wanted: Wanted, note: (text: string) => void): AgentServer {
  let hosted: hosting.Hosted | null = null;
  let reaching: Promise<Reached> | null = null;
  /** Where the data is that this agent has worked on: it doesn't change to other data when the server of that ends. */
  let chosen: string | null = null;
  let isClosed = false;

  async function connect(): Promise<Reached> {
    if (hosted) return reachedAt(hosted.presence, true);
    if (chosen !== null) return host(chosen);
    const { server, dataDirectory, unopened } = await findForAgent(wanted);
    if (server === null) return host(dataDirectory!);
    // Another data directory may have the project.
    if (unopened !== null) {
      const ours = await host(unopened);
      if (await hasProject(ours, wanted.project)) return ours;
      await stop();
    }
    return { ...server, dataDirectory, isOurs: false };
  }

  function reachedAt(presence: Presence, isOurs: boolean): Reached {
    const endpoint = createEndpoint({ url: presence.url, presence, isNamed: false }, wanted.environment);
    return { ...endpoint, dataDirectory: presence.dataDirectory, isOurs };
  }

  /** Starts the server in this process, unless another agent was faster. */
  function host(dataDirectory: string): Promise<Reached> {
    return withHostLock(dataDirectory, async () => {
      const running = await findServer(dataDirectory);
      if (running !== null) return reachedAt(running, false);
      const { hostApp }: typeof hosting = await import('./host.js');
      hosted = await hostApp(dataDirectory, wanted.environment);
      note(`No server runs, so this process is one, at ${hosted.presence.url}, on ${dataDirectory}.`);
      return reachedAt(hosted.presence, true);
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
