import type { IndexFile } from '../index/index-file.js';
import { memoryFilter } from '../text/filters.js';
import type { MemorySearchFilter } from './vector-index.js';

/** Which memories pass a filter, by the rows of the index file: those whose vectors are in place. */
export interface PassingMemories {
  /** Those of these memories that pass. */
  among(ids: readonly string[], filter: MemorySearchFilter): ReadonlySet<string>;
  /** Memories that pass, up to `limit`. */
  find(filter: MemorySearchFilter, limit: number): readonly string[];
}

export function createPassingMemories({ statement }: Pick<IndexFile, 'statement'>): PassingMemories {
  return {
    among(ids, filter) {
      const { joins, where, params } = memoryFilter(filter);
      const sql = `SELECT r.id FROM json_each(?) j CROSS JOIN records r ON r.id = j.value
        ${joins.map((join) => `CROSS JOIN ${join}`).join(' ')} WHERE r.state = 'READY'${where}`;
      return new Set(
        statement(sql)
          .pluck()
          .all(JSON.stringify(ids), ...params) as string[],
      );
    },
    find(filter, limit) {
      const { joins, where, params } = memoryFilter(filter);
      const sql = `SELECT r.id FROM records r ${joins.map((join) => `JOIN ${join}`).join(' ')}
        WHERE r.state = 'READY'${where} LIMIT ?`;
      return statement(sql)
        .pluck()
        .all(...params, limit) as string[];
    },
  };
}
