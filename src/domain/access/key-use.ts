import type { RecordBase } from '../record.js';

/** How a key was used on one day. */
export interface KeyUse extends RecordBase {
  readonly keyId: string;
  /** UTC, `2026-01-31`; unique together with the key. */
  readonly day: string;
  readonly requests: number;
  /** Requests refused because of the key's own limits. */
  readonly refused: number;
  readonly lastAt: string;
  readonly lastAddress: string;
}
