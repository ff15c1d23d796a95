import type { RecordBase } from '../record.js';

/** What happened that no other record tells. */
export type SecurityEventKind = 'CREDENTIAL_REFUSED' | 'SETUP_REFUSED' | 'EXPORT';

/** What happened at one address, or by one actor, within an hour. Empty texts stand for what doesn't apply. */
export interface SecurityEvent extends RecordBase {
  readonly kind: SecurityEventKind;
  /** The hour, in UTC: `2026-01-31T09`; unique together with what follows. */
  readonly hour: string;
  readonly address: string;
  readonly actor: string;
  readonly projectId: string;
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
  /** What was exported, or why a credential was refused. */
  readonly detail: string;
}
