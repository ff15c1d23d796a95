import type { Principal } from './access/principal.js';
import type { Redaction } from './fields/redaction.js';

/** A caller that waits for a write. */
export interface PausedCaller {
  /** Whether nobody waits for the answer any more. Left out: somebody does. */
  readonly isGone?: (() => boolean) | undefined;
  /** Waits with what its request holds released to others. Left out: it holds nothing. */
  readonly releaseWhile?: ((wait: () => Promise<void>) => Promise<void>) | undefined;
}

/** The caller of a write, recorded in the log. */
export interface Author extends PausedCaller {
  readonly actor: string;
  readonly requestId: string;
  /** Whose rights the write needs. Left out: the server itself writes. */
  readonly principal?: Principal | undefined;
  /** Called with what was redacted in the texts of a write that is done. Left out: nobody asks. */
  readonly onRedacted?: ((redactions: readonly Redaction[]) => void) | undefined;
}

/** The author of a write whose right was decided already: what it creates is in no principal's rights yet. */
export function withoutPrincipal(author: Author): Author {
  return { ...author, principal: undefined };
}

/** The names under which the server itself writes. */
export const SERVER_ACTORS = {
  retention: 'retention',
  upgrade: 'upgrade',
  audit: 'audit',
  keyUse: 'key-use',
  setUp: 'set-up',
  signIn: 'sign-in',
} as const;
export const isServerActor = (name: string): boolean => Object.values<string>(SERVER_ACTORS).includes(name);

/** A record and the version of it that was read. */
export interface VersionedId {
  readonly id: string;
  readonly version: number;
}
