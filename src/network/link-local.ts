import dns, { type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Addresses that a setting entered through the API must not reach: link-local ones, where clouds give the machine's own
 * credentials to every program on it, metadata services at other addresses, and `0.0.0.0`, which is no address to connect to.
 * Loopback and private networks are fine: databases run there.
 */
const REFUSED = new BlockList();
REFUSED.addSubnet('169.254.0.0', 16);
REFUSED.addSubnet('0.0.0.0', 8);
REFUSED.addSubnet('fe80::', 10, 'ipv6');
REFUSED.addAddress('::', 'ipv6');
// IPv4 by NAT64.
REFUSED.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');
// Metadata of AWS by IPv6, of Azure, of Alibaba Cloud, of Oracle Cloud.
REFUSED.addAddress('fd00:ec2::254', 'ipv6');
REFUSED.addAddress('168.63.129.16');
REFUSED.addAddress('100.100.100.200');
REFUSED.addAddress('192.0.0.192');

const REFUSED_NAME = /^(?:metadata\.google\.internal|metadata\.goog|instance-data\.ec2\.internal)\.?$/;

/** A name resolves only to refused addresses. */
export class LinkLocalError extends Error {
  readonly code = 'ELINKLOCAL';

  constructor() {
    super('The name stands for a link-local address.');
  }
}

/** Whether an error, or one of its causes, is a LinkLocalError. */
export function isLinkLocal(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) if (each instanceof LinkLocalError) return true;
  return false;
}

/**
 * Whether a host is refused by how it is written, as a name or as a number in any spelling (`169.254.0.1`, `0xa9fe0001`).
 * Without a port; IPv6 with or without brackets. The addresses of a name are checked by `guardedLookup`.
 */
export function isRefusedHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return REFUSED_NAME.test(name) || isRefusedAddress(name) || isRefusedAddress(asNumber(name));
}

function isRefusedAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  const family = isIP(bare);
  return family !== 0 && REFUSED.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

/** The address that a number in another spelling stands for; the name unchanged when it is no number. */
function asNumber(name: string): string {
  const url = `http://${name}/`;
  return URL.canParse(url) ? new URL(url).hostname : name;
}

/**
 * Resolves names as sockets do, without refused addresses. The socket connects to the result, so a name that resolves to
 * another address the next time is checked again. Numbers aren't resolved: check those by `isRefusedHost`.
 */
export const guardedLookup: LookupFunction = (name, options, callback) => {
  const found = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => {
    if (error) return callback(error, options.all ? [] : '');
    const kept = addresses.filter(({ address }) => !isRefusedAddress(address));
    const [first] = kept;
    if (!first || REFUSED_NAME.test(name.toLowerCase())) return callback(new LinkLocalError(), options.all ? [] : '');
    if (options.all) return callback(null, kept);
    callback(null, first.address, first.family);
  };
  dns.lookup(name, { ...options, all: true }, found);
};

/** The address that a guarded socket would connect to first. @throws LinkLocalError, or the error of the look-up */
export function guardedAddress(name: string): Promise<LookupAddress> {
  return new Promise((resolve, reject) => {
    guardedLookup(name, {}, (error, address, family) => {
      if (error) reject(error);
      else resolve({ address: String(address), family: family ?? 0 });
    });
  });
}
