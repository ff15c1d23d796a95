import { randomUUID } from 'node:crypto';
import type { IndexFile } from '../index/index-file.js';

/** The right to embed for a file: of several processes, one has it at a time. */
export interface Lease {
  /** Takes it, or keeps it, if nobody else has it. Costs a write only when it is taken or half over. */
  take(): boolean;
  /** For how many ms somebody else has it. */
  heldFor(): number;
  /** Gives it back. */
  release(): void;
}

/**
 * A holder that died is followed after this long. Two holders at once would only do work twice, so a clock that jumps does
 * no harm.
 */
const LEASE_MS = 5_000;
/** While it works, a holder takes it as often as this, in ms: what is asked for may take longer than a lease. */
export const LEASE_RENEWAL_MS = LEASE_MS / 4;

interface Holder {
  readonly owner: string;
  readonly until: number;
}

export function createLease(file: IndexFile): Lease {
  const owner = randomUUID();
  const holder = (): Holder | null => JSON.parse(file.getMeta('lease') ?? 'null') as Holder | null;
  const isFree = ({ until }: Holder, now: number): boolean => until <= now || until > now + LEASE_MS;

  return {
    take() {
      const now = Date.now();
      const known = holder();
      if (known?.owner === owner && known.until > now + LEASE_MS / 2) return true;
      return file.write(() => {
        const current = holder();
        if (current && current.owner !== owner && !isFree(current, now)) return false;
        file.setMeta('lease', JSON.stringify({ owner, until: now + LEASE_MS }));
        return true;
      });
    },
    heldFor() {
      const known = holder();
      return known && known.owner !== owner ? Math.max(0, known.until - Date.now()) : 0;
    },
    release() {
      file.write(() => {
        if (holder()?.owner === owner) file.setMeta('lease', null);
      });
    },
  };
}
