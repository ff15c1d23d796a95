import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Whether a URL leads to this machine: what is sent there leaves it over no network. */
export function isOwnAddress(url: string): boolean {
  const host = hostOf(url);
  if (isLoopback(host)) return true;
  if (isIP(host) === 0) return false;
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === host));
}

/** Whether anyone on the way to a URL can read what is sent there. */
export function isReadable(url: string): boolean {
  return new URL(url).protocol === 'http:' && !isOwnAddress(url);
}

/** Whether two URLs lead to one server of this machine: a loopback address has many names. */
export function isSameServer(url: string, other: string): boolean {
  const [one, two] = [new URL(url), new URL(other)];
  if (one.protocol !== two.protocol || one.port !== two.port || one.pathname !== two.pathname) return false;
  return one.hostname === two.hostname || (isLoopback(hostOf(url)) && isLoopback(hostOf(other)));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '');
}
