import { memories as memoriesSpec } from '../../storage/collections.js';
import type { Store } from '../../storage/store.js';
import { nextTurn } from '../../util/async.js';
import type { EmbeddingState, IndexRepair, IndexStatus } from '../contract.js';
import type { EmbeddingTable } from '../indexing/embedding-table.js';
import type { LogApplier } from '../log/log-applier.js';
import type { VectorIndex } from '../vectors/vector-index.js';
import type { IndexFile } from './index-file.js';
import { SEARCHED, type Searched, type StoredRecord } from './index-record.js';
import type { RecordRow, RecordTable } from './record-table.js';
import { writeInSlices } from './time-slices.js';

/** Compares the index with what is stored, record by record. */
export interface Audit {
  status(): Promise<IndexStatus>;
  repair(): Promise<IndexRepair>;
}

export interface AuditOptions {
  readonly store: Store;
  readonly file: IndexFile;
  readonly records: RecordTable;
  readonly embeddings: EmbeddingTable;
  readonly vectors: VectorIndex;
  /** Stores vectors durably, in addition to the file. */
  readonly archive?: VectorIndex | undefined;
  readonly applier: LogApplier;
  readonly model: string;
}

type ReasonCount = IndexStatus['reasons'][number];

/** Documents read at a time. */
const PAGE = 64;

export function createAudit({
  store,
  file,
  records,
  embeddings,
  vectors,
  archive,
  applier,
  model,
}: AuditOptions): Audit {
  // — status —

  const memories = SEARCHED.find(({ name }) => name === 'memories')!;

  async function status(): Promise<IndexStatus> {
    const held = await vectors.held();
    const counts = { READY: 0, PENDING: 0, FAILED: 0, SKIPPED: 0 };
    const reasons = new Map<string, ReasonCount>();
    let stored = 0;
    for await (const page of scan(memories)) {
      const known = records.find(page.map(({ id }) => id));
      for (const { id, record } of page) {
        if (!record) continue;
        stored += 1;
        const row = known.get(id);
        const state = stateOf(row?.hash === record.hash ? row : undefined, held.get(id) === record.hash);
        counts[state] += 1;
        if (state === 'FAILED' || state === 'SKIPPED') countReason(reasons, state, row?.reason ?? '');
      }
    }
    return {
      stored,
      searchable: counts.READY,
      pending: counts.PENDING,
      failed: counts.FAILED,
      skipped: counts.SKIPPED,
      reasons: [...reasons.values()],
      model,
      isBuilding: applier.isBuilding(),
    };
  }

  /** A memory without a row of its content is pending. */
  function stateOf(row: RecordRow | undefined, isHeld: boolean): EmbeddingState {
    if (!row) return 'PENDING';
    if (isHeld) return 'READY';
    return row.state === 'FAILED' || row.state === 'SKIPPED' ? row.state : 'PENDING';
  }

  async function* scan(searched: Searched): AsyncGenerator<readonly StoredRecord[]> {
    for (let after: string | null = null; ; await nextTurn()) {
      const page: readonly StoredRecord[] = await searched.scan(store, after, PAGE);
      if (page.length === 0) return;
      yield page;
      after = page.at(-1)!.id;
    }
  }

  // — repair —

  async function repair(): Promise<IndexRepair> {
    await applier.catchUp();
    const counts = { added: 0, removed: 0, retried: 0 };
    for (const searched of SEARCHED) await addMissing(searched, counts);
    await removeGone(counts);
    await file.writable();
    file.write(records.removeStray);
    await repairVectors(counts);
    return counts;
  }

  /** Writes what was read, if the log hasn't moved since. */
  function write(items: readonly StoredRecord[], at: string | null, counts: Counts): Promise<boolean> {
    return writeInSlices(file, {
      items,
      isValid: () => applier.applied() === at,
      prepare: ({ record }) => record && records.prepare(record),
      apply: ({ id, record }, words) => {
        if (record && records.put(record, { words }) !== 'none') counts.added += 1;
        if (!record && records.remove(id)) counts.removed += 1;
      },
      mark: () => {},
    });
  }

  async function addMissing(searched: Searched, counts: Counts): Promise<void> {
    for (let after: string | null = null; ; await nextTurn()) {
      const at = applier.applied();
      const page: readonly StoredRecord[] = await searched.scan(store, after, PAGE);
      if (page.length === 0) return;
      if (await write(page, at, counts)) after = page.at(-1)!.id;
    }
  }

  async function removeGone(counts: Counts): Promise<void> {
    for (let after = 0; ; await nextTurn()) {
      const at = applier.applied();
      const rows = records.list(after, PAGE);
      if (rows.length === 0) return;
      const ids = (name: string) => rows.filter(({ collection }) => collection === name).map(({ id }) => id);
      const stored = await Promise.all(SEARCHED.map((searched) => searched.get(store, ids(searched.name))));
      const gone = stored.flat().filter(({ record }) => record === null);
      if (await write(gone, at, counts)) after = rows.at(-1)!.rowid;
    }
  }

  /**
   * Ready memories whose vectors are missing become pending, as do failed ones; vectors of no memory are removed. What is held
   * is read first: a vector added since counts as missing, which does no harm, and none counts as extra.
   */
  async function repairVectors(counts: Counts): Promise<void> {
    const held = new Map(await vectors.held());
    const kept = archive ? new Map(await archive.held()) : held;
    for (let after = 0, rows = records.list(0, PAGE); rows.length > 0; rows = records.list(after, PAGE)) {
      const memories = rows.filter(({ state }) => state !== null);
      const isLost = ({ id, hash }: RecordRow) => held.get(id) !== hash || kept.get(id) !== hash;
      const idsOf = (some: readonly RecordRow[]) => some.map(({ id }) => id);
      await file.writable();
      counts.retried += embeddings.reset(idsOf(memories.filter(({ state }) => state === 'FAILED')));
      counts.added += embeddings.reset(idsOf(memories.filter((row) => row.state === 'READY' && isLost(row))));
      for (const { id } of memories) {
        held.delete(id);
        kept.delete(id);
      }
      after = rows.at(-1)!.rowid;
      await nextTurn();
    }
    const extra = [...new Set([...held.keys(), ...kept.keys()])];
    counts.removed += extra.length;
    for (let from = 0; from < extra.length; from += PAGE) await removeExtra(extra.slice(from, from + PAGE));
  }

  /** Erases the vectors of memories that the store doesn't have at all, not even as deleted. */
  async function removeExtra(ids: readonly string[]): Promise<void> {
    const stored = await store.collection(memoriesSpec).get(ids);
    const isStored = (_: string, index: number) => stored[index] != null;
    const deleted = ids.filter(isStored);
    const gone = ids.filter((id, index) => !isStored(id, index));
    if (deleted.length > 0) await vectors.remove(deleted);
    if (gone.length > 0) await vectors.erase(gone);
  }

  return { status, repair };
}

type Counts = { -readonly [K in keyof IndexRepair]: IndexRepair[K] };

function countReason(reasons: Map<string, ReasonCount>, state: EmbeddingState, reason: string): void {
  const key = `${state} ${reason}`;
  const known = reasons.get(key) ?? { state, reason, count: 0 };
  reasons.set(key, { ...known, count: known.count + 1 });
}
