import type { Home } from '../config/home.js';
import { announcedServer } from '../config/server-file.js';
import { listedServers } from '../config/server-list.js';
import { baseUrlOf } from '../config/server-url.js';

/** Where a hook looks for its server. */
export interface Whereabouts {
  /** Address of the server, when somebody named one. */
  readonly url: string | null;
  /** Absolute path of the server's data directory, when somebody named one. */
  readonly data: string | null;
  readonly home: Home;
}

/**
 * Addresses of servers to try, the first that answers counts: the one that is named; the one on the data directory; those that
 * announced themselves in the user's home. Whether they respond isn't checked: a hook has no time for requests that do
 * nothing.
 */
export async function serversAt({ url, data, home }: Whereabouts): Promise<readonly string[]> {
  if (url !== null) return [baseUrlOf(url)];
  const found = data === null ? await listedServers(home) : [await announcedServer(data)];
  return found.flatMap((presence) => (presence ? [presence.url] : []));
}
