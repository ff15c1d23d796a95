import type { AccessLevel } from '../access/level.js';

/**
 * The command line, as a program that people let in by a code that it shows (RFC 8628), and what its key may do then: at most
 * what they may themselves.
 */
export const COMMAND_LINES: Readonly<
  Record<string, { readonly level: AccessLevel; readonly allPermissions: boolean }>
> = {
  'mooring-cli': { level: 'MANAGE', allPermissions: true },
  'mooring-cli-write': { level: 'WRITE', allPermissions: false },
  'mooring-cli-read': { level: 'READ', allPermissions: false },
};

/** How long the command line has to trade its token for a key, in milliseconds. */
export const TRADE_MS = 5 * 60_000;
