import type { Home } from '../../config/home.js';
import type { Presence } from '../../config/presence.js';
import { createOwnerEndpoint } from '../../endpoint/endpoint.js';
import { AskError } from '../ask.js';
import { connect } from '../http-ask.js';
import { drain } from './drain.js';
import { createSpool, spoolFolder } from './spool.js';

/** How long a request may take, in ms: nobody waits for it. */
const ANSWER_MS = 10_000;

/**
 * Saves what waits for a server that has just started: of its projects only, as another server may have the others.
 * @throws AskError when the server can't be reached @throws Error when the spool can't be read
 */
export async function emptySpool(server: Presence, home: Home): Promise<void> {
  const { url, dataDirectory } = server;
  for (const named of [
    { url: null, data: null },
    { url: null, data: dataDirectory },
    { url, data: null },
  ]) {
    const spool = createSpool(spoolFolder({ ...named, home }));
    if (spool.list().length === 0) continue;
    const connection = await connect(createOwnerEndpoint(server));
    try {
      await drain(spool, {
        askAs: (writer) => connection.ask(writer, () => ANSWER_MS),
        isOnlyServer: false,
        hasTime: () => true,
        now: Date.now,
      });
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
    } finally {
      connection.close();
    }
  }
}
