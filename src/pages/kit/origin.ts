const LOOPBACK = /^localhost$/;

/** Whether browsers have passkeys for an origin: for names, over connections on which nobody listens in. */
export function hasPasskeys(origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  const isAddress = /^[\d.]+$/.test(hostname) || hostname.startsWith('[');
  return !isAddress && (protocol === 'https:' || LOOPBACK.test(hostname));
}
