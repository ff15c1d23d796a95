import { type ClientSession, ReadConcern, type Timestamp } from 'mongodb';

/**
 * A read concern that moves on: reads see what a majority has, and at least what was acknowledged to us. Just after an
 * election the new primary may not know yet how far the majority is, and would answer from before a commit that the old
 * one acknowledged; a read that names the time waits for that.
 */
export interface CausalReadConcern {
  /** The concern of every read. It changes with each acknowledgement, and costs no request. */
  readonly concern: ReadConcern;
  /** A write in this session was acknowledged by a majority. */
  advance(session: ClientSession): void;
}

export function createCausalReadConcern(): CausalReadConcern {
  const concern: ReadConcern & { afterClusterTime?: Timestamp } = new ReadConcern('majority');
  return {
    concern,
    advance({ clusterTime }) {
      // The time as of the acknowledgement, so no less than the write's own. Not every server tells it.
      const time = clusterTime?.clusterTime;
      if (time && !concern.afterClusterTime?.greaterThanOrEqual(time)) concern.afterClusterTime = time;
    },
  };
}
