import type { RecordBase } from '../../../domain/record.js';
import { sizeOf } from '../../../util/json/json.js';

/**
 * Recently read or written records, as images for their next write: the usual update then needs no read of its own. A
 * version of a record never changes, and the write still names the version that it replaces.
 */
export interface RecordCache {
  get(id: string, version: number): RecordBase | null;
  keep(record: RecordBase): void;
  drop(id: string): void;
  clear(): void;
}

const MOST_RECORDS = 1_000;
/** Rough characters, of one record and of all. */
const LARGEST = 50_000;
const MOST_SIZE = 8_000_000;

export function createRecordCache(): RecordCache {
  // A Map keeps the order of insertion: the first is the least recently used.
  const records = new Map<string, { readonly record: RecordBase; readonly size: number }>();
  let total = 0;

  function drop(id: string): void {
    total -= records.get(id)?.size ?? 0;
    records.delete(id);
  }

  return {
    get(id, version) {
      const found = records.get(id);
      if (found?.record.version !== version) return null;
      records.delete(id);
      records.set(id, found);
      return found.record;
    },
    keep(record) {
      const size = sizeOf(record, LARGEST);
      drop(record.id);
      if (size > LARGEST) return;
      records.set(record.id, { record, size });
      total += size;
      for (const id of records.keys()) {
        if (records.size <= MOST_RECORDS && total <= MOST_SIZE) break;
        drop(id);
      }
    },
    drop,
    clear() {
      records.clear();
      total = 0;
    },
  };
}
