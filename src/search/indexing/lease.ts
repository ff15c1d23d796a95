import { randomUUID } from 'node:crypto';
import type { IndexFile } from '../index/index-file.js';

/** The lease to embed for an index file: one of several processes holds it at a time. */
export interface Lease {
  /** Acquires or renews it, unless another process holds it. Only writes when it isn't held or is half expired. */
  take(): boolean;
  /** How long another process still holds it, in ms; while the file is being rewritten, when to try again. */
  heldFor(): number;
  release(): void;
}

/**
 * The lease of a holder that died expires after this, in ms. Two holders at once would only do work twice, so clock jumps do
 * no harm.
 */
const LEASE_MS = 5_000;
/** How often a holder renews it during work, in ms: an embedding request may take longer than a lease. */
export const LEASE_RENEWAL_MS = LEASE_MS / 4;

/** While the file is being rewritten nobody can take it; it is tried again after this, in ms. */
const REWRITE_POLL_MS = 50;

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
      // Nobody else can take it meanwhile.
      if (file.isBeingRewritten()) return known?.owner === owner;
      return file.write(() => {
        const current = holder();
        if (current && current.owner !== owner && !isFree(current, now)) return false;
        file.setMeta('lease', JSON.stringify({ owner, until: now + LEASE_MS }));
        return true;
      });
    },
    heldFor() {
      if (file.isBeingRewritten()) return REWRITE_POLL_MS;
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
