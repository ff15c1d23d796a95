import { expect, it } from 'vitest';
import { CATALOG_KEY, createIdGenerator } from '../../../src/domain/id.js';
import { planMigration } from '../../../src/migration/preflight/plan.js';
import { createFindings } from '../../../src/migration/runner/findings.js';
import { takeOver } from '../../../src/migration/runner/leased-record.js';
import { migrationFindings, migrations } from '../../../src/storage/collections.js';
import { makeProject, START, startBench } from '../../services/support.js';

const newId = createIdGenerator();

it('what a migration writes never gets an older time, though the clock steps back', async () => {
  const bench = await startBench();
  const { catalog } = bench;
  const project = await makeProject(bench);
  const at = new Date(START).toISOString();
  const id = newId('migration', CATALOG_KEY);
  const to = { mode: 'FILE', location: null } as const;
  const options = { autoCutOver: true, batchSize: 100, dryRun: false, onReject: 'STOP' } as const;
  const planned = planMigration({ project, to, options, id, at, lastToken: 0 });
  const put = { kind: 'put', collection: migrations.name, operation: 'CREATE', document: planned } as const;
  await catalog.commit([put], { epoch: await catalog.epoch(), actor: 'a', requestId: 'r', at });

  let now = START;
  const record = (await takeOver({ catalog, holder: 'here', now: () => now }, id))!;
  const findings = createFindings({ catalog, migrationId: id, newId, now: () => now });
  const finding = { kind: 'REJECT', collection: 'tasks', recordId: 'tsk_1', differing: [], isRepaired: false } as const;
  await findings.add({ ...finding, reason: 'first' });
  now -= 3_600_000;
  await record.write(() => ({ message: 'later' }));
  await findings.add({ ...finding, reason: 'again' });

  const [migration] = await catalog.collection(migrations).get([id]);
  expect(migration).toMatchObject({ message: 'later', updatedAt: at });
  const order = { field: 'createdAt', direction: 'ASC' } as const;
  const { items } = await catalog.collection(migrationFindings).list({ order, limit: 9 });
  expect(items).toMatchObject([{ reason: 'again', createdAt: at, updatedAt: at }]);
});
