import { isIPv6 } from 'node:net';
import { parseAddresses, plainAddress } from './addresses.js';

/** The first of the entries that reaches beyond the others' networks; null when each lies within one of them. Both are valid. */
export function findOutside(entries: readonly string[], within: readonly string[]): string | null {
  const networks = within.map((entry) => ({ ...rangeOf(entry), list: parseAddresses([entry]) }));
  const isInside = (entry: string): boolean => {
    const { address, isV6, bits } = rangeOf(entry);
    return networks.some((network) => network.isV6 === isV6 && network.bits <= bits && network.list.includes(address));
  };
  return entries.find((entry) => !isInside(entry)) ?? null;
}

const V4_BITS = 32;
const V6_BITS = 128;

/** An address or a network by its family and the length of its prefix; IPv4 in the form of IPv6 is IPv4. */
function rangeOf(entry: string): { readonly address: string; readonly isV6: boolean; readonly bits: number } {
  const [given = '', length] = entry.trim().split('/');
  const address = plainAddress(given);
  const isV6 = isIPv6(address);
  const most = isV6 ? V6_BITS : V4_BITS;
  const mapped = address === given ? 0 : V6_BITS - V4_BITS;
  return { address, isV6, bits: length === undefined ? most : Number(length) - mapped };
}
