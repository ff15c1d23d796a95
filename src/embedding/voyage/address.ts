import { isIP } from 'node:net';
import type { VoyageSettings } from '../../domain/storage-settings.js';
import { isRefusedHost } from '../../network/link-local.js';
import { linkLocalError, VoyageError } from './errors.js';

/** Where keys are taken: each host refuses the other's with 403. */
export interface VoyageHosts {
  /** Takes the keys of Voyage AI's own platform, `pa-…`. */
  readonly voyage: string;
  /** Takes the model API keys of MongoDB Atlas, `al-…`. */
  readonly atlas: string;
}

export const VOYAGE_HOSTS: VoyageHosts = {
  voyage: 'https://api.voyageai.com/v1',
  atlas: 'https://ai.mongodb.com/v1',
};

/**
 * The addresses to try, in this order, for a key: the one that is set, else by the key's prefix, else both.
 * @throws VoyageError when the address or the key can't be one
 */
export function addressesFor(
  { apiKey, baseUrl, isFromEnvironment }: Pick<VoyageSettings, 'apiKey' | 'baseUrl' | 'isFromEnvironment'>,
  hosts: VoyageHosts = VOYAGE_HOSTS,
): readonly [string, ...string[]] {
  // Anything else can't go into a header, and the error of whoever tries has the key in it.
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new VoyageError(
      'SETTINGS',
      'The Voyage key has characters in it that no key has, such as a space or a line break.',
      'Copy the key again, without anything before or after it, and set it as VOYAGE_AI_API_KEY.',
    );
  }
  if (baseUrl !== null) return [checkedAddress(baseUrl, isFromEnvironment)];
  if (apiKey.startsWith('pa-')) return [hosts.voyage];
  if (apiKey.startsWith('al-')) return [hosts.atlas];
  return [hosts.voyage, hosts.atlas];
}

/** The address without a slash at its end. The errors name its host only: the rest may hold a secret. */
function checkedAddress(address: string, isFromEnvironment = false): string {
  const hint = 'Set VOYAGE_BASE_URL to an address such as https://api.voyageai.com/v1, or leave it out.';
  if (!URL.canParse(address)) throw new VoyageError('SETTINGS', 'VOYAGE_BASE_URL is no address.', hint);
  const { protocol, hostname, host, username, password, search, hash } = new URL(address);
  if (username || password || search || hash) {
    throw new VoyageError('SETTINGS', `VOYAGE_BASE_URL has more than a host and a path: ${host} …`, hint);
  }
  if (!isFromEnvironment && isRefusedHost(hostname)) throw linkLocalError(host);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) {
    throw new VoyageError(
      'SETTINGS',
      `VOYAGE_BASE_URL must begin with https:// because ${host} isn't this machine: the key would travel in clear.`,
      hint,
    );
  }
  return address.replace(/\/+$/, '');
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));
}
