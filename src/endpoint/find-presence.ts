import type { Home } from '../config/home.js';
import type { Presence } from '../config/presence.js';
import { announcedServer } from '../config/server-file.js';
import { listedServers } from '../config/server-list.js';
import { isOwnAddress, isSameServer } from './addresses.js';

/**
 * What the server at an address announced on this machine; null when it did not, or is elsewhere. Requests that prove who owns
 * the machine go to the address that it announced: another program may have another name of the machine.
 * @param dataDirectory - also looked into; null: only the user's home is
 */
export async function findPresence(
  url: string,
  home: Home | null,
  dataDirectory: string | null,
): Promise<Presence | null> {
  if (!isOwnAddress(url)) return null;
  const listed = home === null ? [] : await listedServers(home);
  const onData = dataDirectory === null ? null : await announcedServer(dataDirectory);
  return [...listed, ...(onData ? [onData] : [])].find((presence) => isSameServer(presence.url, url)) ?? null;
}
