import { BlockList, isIP, isIPv6 } from 'node:net';
import { InvalidInputError } from '../errors.js';

/** Addresses from which a key may be used. */
export interface AddressList {
  /** Whether an address, as a socket has it, is among them. */
  includes(address: string): boolean;
}

const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;
const MAPPED_PREFIX = 96;

/** An IPv4 address that a socket for both families shows as IPv6 (`::ffff:10.0.0.1`), as IPv4; any other as it is, without its zone. */
export function plainAddress(address: string): string {
  const [bare = ''] = address.split('%', 1);
  return MAPPED.exec(bare)?.[1] ?? bare;
}

const GROUPS = 8;
const NETWORK_GROUPS = 4;
/** An IPv4 address is at most so long; so much is kept of what is no address. */
const MAX_LENGTH = 'xxx.xxx.xxx.xxx'.length;

/**
 * What one client may have all addresses of: of IPv6 the network of 64 bits, such as `2001:db8:0:0::/64`, of IPv4 the address
 * itself.
 */
export function networkOf(address: string): string {
  const plain = plainAddress(address);
  if (plain === '::1') return plain;
  if (!isIPv6(plain)) return plain.slice(0, MAX_LENGTH);
  const [start = [], end = []] = plain.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array<string>(Math.max(0, GROUPS - start.length - end.length)).fill('0');
  const network = [...start, ...zeros, ...end].slice(0, NETWORK_GROUPS);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/**
 * A list of addresses and networks, such as `192.0.2.7`, `10.0.0.0/8` and `2001:db8::/32`.
 * @param field - where it was given, as a path into the input
 * @throws InvalidInputError for the first entry that is neither
 */
export function parseAddresses(entries: readonly string[], field = 'allowedAddresses'): AddressList {
  const list = new BlockList();
  for (const [index, entry] of entries.entries()) add(list, entry, `${field}.${index}`);
  return {
    includes(address) {
      const plain = plainAddress(address);
      return isIP(plain) !== 0 && list.check(plain, familyOf(plain));
    },
  };
}

function add(list: BlockList, entry: string, field: string): void {
  const [given = '', length, ...rest] = entry.trim().split('/');
  if (isIP(given) === 0 || given.includes('%') || rest.length > 0) throw wrongEntry(field);
  const address = plainAddress(given);
  if (length === undefined) {
    list.addAddress(address, familyOf(address));
    return;
  }
  const most = isIPv6(given) ? 128 : 32;
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  const isMapped = address !== given;
  if (!(prefix <= most)) throw wrongLength(field, most);
  if (isMapped && prefix < MAPPED_PREFIX) throw wrongEntry(field);
  list.addSubnet(address, isMapped ? prefix - MAPPED_PREFIX : prefix, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

function wrongEntry(field: string): InvalidInputError {
  return new InvalidInputError(
    `\`${field}\` is neither an address nor a network.`,
    'Give an IP address such as 192.0.2.7, or a network such as 10.0.0.0/8 or 2001:db8::/32.',
    field,
  );
}

function wrongLength(field: string, most: number): InvalidInputError {
  return new InvalidInputError(
    `The network in \`${field}\` has an invalid length.`,
    `After the slash, give a number of bits from 0 to ${most}.`,
    field,
  );
}
