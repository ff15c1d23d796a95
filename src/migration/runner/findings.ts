import { AlreadyExistsError } from '../../domain/errors.js';
import { CATALOG_KEY, type IdGenerator } from '../../domain/id.js';
import type { MigrationFinding } from '../../domain/migration.js';
import { stampAfter } from '../../domain/record.js';
import { migrationFindings } from '../../storage/collections.js';
import type { Change, Condition, Store } from '../../storage/store.js';
import { ACTOR } from './leased-record.js';

/** A migration's findings about single records, stored in the catalog. */
export interface Findings {
  /** Stores a finding, replacing an earlier one of the same kind and record. */
  add(finding: NewFinding): Promise<void>;
  /** Whether a record is a reject. */
  isRejected(collection: string, recordId: string): Promise<boolean>;
  /** Removes the findings of earlier verifications. */
  clearMismatches(): Promise<void>;
}

export type NewFinding = Pick<
  MigrationFinding,
  'kind' | 'collection' | 'recordId' | 'differing' | 'reason' | 'isRepaired'
>;

export interface FindingsParts {
  readonly catalog: Store;
  readonly migrationId: string;
  readonly newId: IdGenerator;
  readonly now: () => number;
}

/** The most mismatches that are stored; all are counted. */
const MAX_MISMATCHES = 1_000;
const PAGE = 200;

export function createFindings({ catalog, migrationId, newId, now }: FindingsParts): Findings {
  const collection = catalog.collection(migrationFindings);
  let mismatches = 0;

  const whereKey = ({ kind, collection: name, recordId }: Pick<NewFinding, 'kind' | 'collection' | 'recordId'>) =>
    [
      { field: 'migrationId', is: migrationId },
      { field: 'kind', is: kind },
      { field: 'collection', is: name },
      { field: 'recordId', is: recordId },
    ] satisfies Condition[];

  async function find(key: Pick<NewFinding, 'kind' | 'collection' | 'recordId'>): Promise<MigrationFinding | null> {
    const order = { field: 'createdAt', direction: 'ASC' } as const;
    const { items } = await collection.list({ where: whereKey(key), order, limit: 1 });
    return items[0] ?? null;
  }

  async function commit(changes: readonly Change[]): Promise<void> {
    const at = new Date(now()).toISOString();
    await catalog.commit(changes, { epoch: await catalog.epoch(), actor: ACTOR, requestId: migrationId, at });
  }

  async function write(finding: NewFinding): Promise<void> {
    const at = new Date(now()).toISOString();
    const known = await find(finding);
    const document: MigrationFinding = {
      ...{ id: known?.id ?? newId('migrationFinding', CATALOG_KEY), createdAt: known?.createdAt ?? at },
      ...(known ? stampAfter(known, at) : { version: 1, updatedAt: at }),
      ...{ deletedAt: null, externalId: null, migrationId },
      ...finding,
    };
    const operation = known ? 'UPDATE' : 'CREATE';
    await commit([{ kind: 'put', collection: migrationFindings.name, operation, document }]);
  }

  return {
    async add(finding) {
      if (finding.kind === 'MISMATCH' && ++mismatches > MAX_MISMATCHES) return;
      await write(finding).catch((error: unknown) => {
        // A runner superseded meanwhile may have stored the same.
        if (!(error instanceof AlreadyExistsError)) throw error;
      });
    },
    isRejected: async (name, recordId) => (await find({ kind: 'REJECT', collection: name, recordId })) !== null,
    async clearMismatches() {
      mismatches = 0;
      const where = [
        { field: 'migrationId', is: migrationId },
        { field: 'kind', is: 'MISMATCH' },
      ];
      for (;;) {
        const order = { field: 'createdAt', direction: 'ASC' } as const;
        const { items } = await collection.list({ where, deleted: 'INCLUDE', order, limit: PAGE });
        if (items.length === 0) return;
        await commit(
          items.map(({ id, version }) => ({ kind: 'remove', collection: migrationFindings.name, id, version })),
        );
      }
    },
  };
}
