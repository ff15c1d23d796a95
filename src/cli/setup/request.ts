import type { LocalSession } from '../session.js';
import type { Host, HostName, Scope } from './hosts.js';
import type { Places } from './places.js';

/** What the user asks of setup. */
export interface Request {
  readonly session: LocalSession;
  readonly name: HostName;
  readonly host: Host;
  readonly places: Places;
  readonly scope: Scope;
  /** Null: nothing is captured. */
  readonly capture: 'MESSAGES' | 'ALL' | null;
  readonly isConfirmed: boolean;
}
