import type { LogEntry, LogHeader, Operation } from '../../../domain/log-entry.js';
import { decodeObject, encodeObject } from '../bson.js';
import type { StoredEntry } from '../schema.js';

/** An entry as it is stored. */
export function toStored(entry: LogEntry, project: string): StoredEntry {
  return {
    project,
    seq: entry.seq,
    at: entry.at,
    actor: entry.actor,
    request: entry.requestId,
    collection: entry.collection,
    record: entry.recordId,
    version: entry.version,
    operation: entry.operation,
    before: entry.before && encodeObject(entry.before),
    erased: entry.isErased,
  };
}

/** A stored entry in the domain's terms. */
export function toEntry(stored: StoredEntry): LogEntry {
  return { ...toHeader(stored), before: stored.before && decodeObject(stored.before), isErased: stored.erased };
}

/** The same without its image. */
export function toHeader(stored: Omit<StoredEntry, 'before'>): LogHeader {
  return {
    seq: stored.seq,
    at: stored.at,
    actor: stored.actor,
    requestId: stored.request,
    collection: stored.collection,
    recordId: stored.record,
    version: stored.version,
    operation: stored.operation as Operation,
  };
}
