import { isIP } from 'node:net';
import { StoreError } from '../../domain/errors.js';
import type { ChromaSettings } from '../../domain/storage-settings.js';
import { isRefusedHost } from '../../network/link-local.js';
import { linkLocal } from './failures.js';

/** Where a Chroma server is. Never a secret. */
export interface ChromaAddress {
  /** As a URL has it: an IPv6 address in brackets. */
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly isLoopback: boolean;
  /** Scheme, host and port. */
  readonly origin: string;
}

const HINT =
  'Write it as http://localhost:8000 or https://chroma.example; `CHROMA_TOKEN` is for what proves who you are.';

/**
 * Reads the address of a server. A token goes over TLS or to this machine only.
 * @throws StoreError
 */
export function parseChromaAddress({
  url,
  token,
  isFromEnvironment,
}: Pick<ChromaSettings, 'url' | 'token' | 'isFromEnvironment'>): ChromaAddress {
  if (!URL.canParse(url)) throw unusable("The Chroma server's address can't be read.");
  const { protocol, hostname, port, pathname, search, hash, username, password, origin } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') throw unusable("The Chroma server's address isn't one of HTTP.");
  if (username || password) throw unusable("The Chroma server's address carries a user or a password.");
  if (pathname !== '/' || search || hash) throw unusable("The Chroma server's address goes on after host and port.");
  if (!isFromEnvironment && isRefusedHost(hostname)) throw linkLocal(origin);
  const isTls = protocol === 'https:';
  const isLoopback = isLoopbackHost(hostname);
  if (token !== null && !isTls && !isLoopback) {
    throw new StoreError(
      'STORE_TLS',
      `The token would go to the Chroma server ${origin} for everybody on the way to read.`,
      'Use an https:// address, reach the server through this machine, or leave out the token where nothing asks for it.',
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
