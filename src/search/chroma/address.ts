import { isIP } from 'node:net';
import { StoreError } from '../../domain/errors.js';
import type { ChromaSettings } from '../../domain/storage-settings.js';
import { isRefusedHost } from '../../network/link-local.js';
import { linkLocal } from './errors.js';

/** The address of a Chroma server. Contains no secret. */
export interface ChromaAddress {
  /** As in a URL: an IPv6 address is in brackets. */
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly isLoopback: boolean;
  /** Scheme, host and port. */
  readonly origin: string;
}

const HINT = 'Write it as http://localhost:8000 or https://chroma.example, and put credentials in `CHROMA_TOKEN`.';

/**
 * Parses the address of a server. A token may only be sent over TLS or to this machine.
 * @throws StoreError
 */
export function parseChromaAddress({
  url,
  token,
  isFromEnvironment,
}: Pick<ChromaSettings, 'url' | 'token' | 'isFromEnvironment'>): ChromaAddress {
  if (!URL.canParse(url)) throw unusable("The Chroma server's address can't be read.");
  const { protocol, hostname, port, pathname, search, hash, username, password, origin } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:')
    throw unusable("The Chroma server's address isn't an HTTP address.");
  if (username || password) throw unusable("The Chroma server's address contains a user or a password.");
  if (pathname !== '/' || search || hash) throw unusable("The Chroma server's address has more than host and port.");
  if (!isFromEnvironment && isRefusedHost(hostname)) throw linkLocal(origin);
  const isTls = protocol === 'https:';
  const isLoopback = isLoopbackHost(hostname);
  if (token !== null && !isTls && !isLoopback) {
    throw new StoreError(
      'STORE_TLS',
      `The token would be sent to the Chroma server ${origin} unencrypted.`,
      'Use an https:// address, or a tunnel from this machine, or remove the token if the server needs none.',
    );
  }
  return { host: hostname, port: port ? Number(port) : isTls ? 443 : 80, isTls, isLoopback, origin };
}

function isLoopbackHost(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\./.test(isIP(host) ? host : '')
  );
}

function unusable(message: string): StoreError {
  return new StoreError('STORE_UNSUITABLE', message, HINT);
}
