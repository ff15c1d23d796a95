import type { LogPosition } from '../../domain/log-position.js';
import type { IndexFile } from '../index/index-file.js';

/** Where in the store's log the rows of an index file are. It is written in the same transaction as the rows. */
export interface Applied {
  /** As a text that is another for each position; null before the first build began. */
  text(): string | null;
  /** Once a build began. A file of an earlier version has no mark, which no log holds. */
  position(): LogPosition;
  set(position: LogPosition): void;
}

export function createApplied({ getMeta, setMeta }: Pick<IndexFile, 'getMeta' | 'setMeta'>): Applied {
  const text = () => getMeta('applied');
  return {
    text,
    position() {
      const [seq, mark = ''] = (text() ?? '0').split(' ');
      return { seq: Number(seq), mark };
    },
    set: ({ seq, mark }) => setMeta('applied', `${seq} ${mark}`),
  };
}
