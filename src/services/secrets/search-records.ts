import type { Author } from '../../domain/author.js';
import { type RecordBase, stampAfter } from '../../domain/record.js';
import type { CollectionSpec } from '../../storage/store.js';
import type { StoreRoute } from '../records/store-router.js';
import { put, type Transact } from '../records/transaction.js';
import type { Progress } from './progress.js';

/** How records of a page are searched, and redacted. */
export interface RecordsPage {
  readonly author: Author;
  readonly transact: Transact;
  readonly findRoute: () => Promise<StoreRoute>;
  readonly progress: Progress;
  readonly redact: boolean;
  /** @throws MigrationStateError */
  readonly requireUnmoved: () => Promise<void>;
}

/** Searches these records. What is redacted is a new version of each, in one commit. */
export async function searchRecords<T extends RecordBase>(
  { author, transact, findRoute, progress, redact, requireUnmoved }: RecordsPage,
  spec: CollectionSpec<T>,
  records: readonly T[],
): Promise<void> {
  const redactable: string[] = [];
  for (const record of records) {
    const { found, redacted } = await progress.examine(spec.name, record, false);
    progress.counts.recordsScanned += 1;
    if (found.some(({ obstacle }) => obstacle !== null)) progress.counts.recordsLeft += 1;
    if (found.length > 0) progress.findings.addRecord(record.id, found);
    if (redacted !== record) redactable.push(record.id);
  }
  if (!redact || redactable.length === 0) return;
  progress.counts.recordsRedacted += await transact(author, findRoute, async ({ store }, at) => {
    await requireUnmoved();
    const changes = [];
    // Read again: they may have been changed, or purged, since.
    for (const record of await store.collection(spec).get(redactable)) {
      if (!record) continue;
      const { redacted } = await progress.examine(spec.name, record, false);
      if (redacted !== record) changes.push(put(spec, 'REDACT', { ...redacted, ...stampAfter(record, at) }));
    }
    return { changes, result: changes.length };
  });
}
