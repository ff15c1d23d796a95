import type { Environment } from '../config/environment.js';
import type { Home } from '../config/home.js';
import { announcedServer } from '../config/server-file.js';
import { listedServers } from '../config/server-list.js';
import { baseUrlOf } from '../config/server-url.js';
import { createEndpoint, type Endpoint } from '../endpoint/endpoint.js';
import { findPresence } from '../endpoint/find-presence.js';

/** Where a hook looks for its server. */
export interface Whereabouts {
  /** Address of the server, when somebody named one. */
  readonly url: string | null;
  /** Absolute path of the server's data directory, when somebody named one. */
  readonly data: string | null;
  readonly home: Home;
}

/**
 * Servers to try, the first that answers counts: the one that is named; the one on the data directory; those that
 * announced themselves in the user's home. Whether they respond isn't checked: a hook has no time for requests that do
 * nothing.
 */
export async function serversAt(
  { url, data, home }: Whereabouts,
  environment: Environment,
): Promise<readonly Endpoint[]> {
  if (url !== null) {
    const address = baseUrlOf(url);
    const presence = URL.canParse(address) ? await findPresence(address, home, data) : null;
    return [createEndpoint({ url: presence?.url ?? address, presence, isNamed: true }, environment)];
  }
  const found = data === null ? await listedServers(home) : [await announcedServer(data)];
  return found.flatMap((presence) =>
    presence ? [createEndpoint({ url: presence.url, presence, isNamed: false }, environment)] : [],
  );
}
