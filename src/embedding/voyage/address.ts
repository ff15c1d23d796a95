import { isIP } from 'node:net';
import type { VoyageSettings } from '../../domain/storage-settings.js';
import { isRefusedHost } from '../../network/link-local.js';
import { linkLocalError, VoyageError } from './errors.js';

/** The two hosts of Voyage AI's API. Each refuses the other's keys with 403. */
export interface VoyageHosts {
  /** Accepts the keys of Voyage AI's own platform, `pa-…`. */
  readonly voyage: string;
  /** Accepts the model API keys of MongoDB Atlas, `al-…`. */
  readonly atlas: string;
}

const VOYAGE_HOSTS: VoyageHosts = {
  voyage: 'https://api.voyageai.com/v1',
  atlas: 'https://ai.mongodb.com/v1',
};

/**
 * The addresses to try for a key, in this order: the configured one, else by the key's prefix, else both.
 * @throws VoyageError when the address or the key is malformed
 */
export function addressesFor(
  { apiKey, baseUrl, isFromEnvironment }: Pick<VoyageSettings, 'apiKey' | 'baseUrl' | 'isFromEnvironment'>,
  hosts: VoyageHosts = VOYAGE_HOSTS,
): readonly [string, ...string[]] {
  // Other characters aren't allowed in a header, and the error for that would contain the key.
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new VoyageError(
      'SETTINGS',
      'The Voyage key contains invalid characters, such as a space or a line break.',
      'Copy the key again, without anything before or after it, and set VOYAGE_AI_API_KEY to it.',
    );
  }
  if (baseUrl !== null) return [checkedAddress(baseUrl, isFromEnvironment)];
  if (apiKey.startsWith('pa-')) return [hosts.voyage];
  if (apiKey.startsWith('al-')) return [hosts.atlas];
  return [hosts.voyage, hosts.atlas];
}

/** The address without a trailing slash. Errors only contain its host, as the rest may contain a secret. */
function checkedAddress(address: string, isFromEnvironment = false): string {
  const hint = 'Set VOYAGE_BASE_URL to an address such as https://api.voyageai.com/v1, or leave it out.';
  if (!URL.canParse(address)) throw new VoyageError('SETTINGS', "VOYAGE_BASE_URL isn't a valid URL.", hint);
  const { protocol, hostname, host, username, password, search, hash } = new URL(address);
  if (username || password || search || hash) {
    throw new VoyageError('SETTINGS', `VOYAGE_BASE_URL contains more than a host and a path: ${host} …`, hint);
  }
  if (!isFromEnvironment && isRefusedHost(hostname)) throw linkLocalError(host);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) {
    throw new VoyageError(
      'SETTINGS',
      `VOYAGE_BASE_URL must start with https:// because ${host} isn't this machine: the key would be sent unencrypted.`,
      hint,
    );
  }
  return address.replace(/\/+$/, '');
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));
}
