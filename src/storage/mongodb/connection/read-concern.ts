import { type ClientSession, ReadConcern, type Timestamp } from 'mongodb';

/**
 * What reads see: what a majority has, and at least what we were told that it has. Just after an election the new primary
 * may not know yet how far the majority is, and would answer from before a commit that the old one acknowledged; a read
 * that names the time waits for that.
 */
export interface CausalReadConcern {
  /** Of every read. It changes with what is acknowledged, and nothing need be asked for it. */
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
