import { describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/domain/errors.js';
import { DEFAULT_SCREEN } from '../../../src/services/records/write-screen.js';
import type { SecretScan } from '../../../src/services/secrets/contract.js';
import { memories, PROJECT_COLLECTIONS, projects } from '../../../src/storage/collections.js';
import { MARKER, OTHER_SECRET, SECRET } from '../../support/secrets.js';
import { author, type Bench, makeProject, rejection, startBench } from '../support.js';

/** Saves texts as they are, as before writes were scanned. */
const UNSCREENED = { screen: { ...DEFAULT_SCREEN, policy: 'OFF' } } as const;
const WITH_SECRET = `push with ${SECRET} please`;

interface Planted {
  readonly projectId: string;
  readonly memoryId: string;
  readonly taskId: string;
  readonly deletedId: string;
}

/** A project with secrets in a memory, in a deleted one, in a state, and in what a task and the project were. */
async function plant(bench: Bench): Promise<Planted> {
  const { services } = bench;
  const project = await makeProject(bench);
  const projectId = project.id;
  await services.projects.update(author, { id: projectId, version: 1, description: WITH_SECRET });
  await services.projects.update(author, { id: projectId, version: 2, description: 'clean' });
  const said = (content: string) => services.memories.save(author, { projectId, role: 'USER', content });
  const memory = await said(`${WITH_SECRET}, or with ${OTHER_SECRET}`);
  const deleted = await said(WITH_SECRET);
  await services.memories.delete(author, deleted);
  await said('nothing to hide');
  const task = await services.tasks.create(author, { projectId, title: 'Push', description: WITH_SECRET });
  const cleaned = await services.tasks.update(author, { id: task.id, version: 1, description: 'clean' });
  await services.states.save(author, { ownerId: cleaned.id, key: 'plan', value: { steps: [WITH_SECRET] } });
  return { projectId, memoryId: memory.id, taskId: task.id, deletedId: deleted.id };
}

/** Everything that the stores of a project have of it. */
async function everything({ factory, catalog }: Bench, projectId: string): Promise<string> {
  const { store } = await factory.of(projectId);
  const parts = [
    await catalog.scan(projects, null, 10),
    await catalog.log.read(0, 1_000),
    await store.manifest(),
    await store.log.read(0, 1_000),
    ...(await Promise.all(PROJECT_COLLECTIONS.map((spec) => store.scan(spec as typeof memories, null, 1_000)))),
  ];
  return JSON.stringify(parts);
}

/** All calls of a scan. */
async function scanAll({ services }: Bench, projectId: string, redact: boolean): Promise<SecretScan[]> {
  const scans: SecretScan[] = [];
  for (let after: string | null = null; ; ) {
    const scan: SecretScan = await services.secrets.scan(author, { projectId, redact, after });
    scans.push(scan);
    after = scan.after;
    if (after === null) return scans;
  }
}

describe('a scan for secrets', () => {
  it('says where secrets are, in records and in what they were, and changes nothing', async () => {
    const bench = await startBench(UNSCREENED);
    const { projectId, memoryId, taskId, deletedId } = await plant(bench);
    const before = await everything(bench, projectId);
    const scan = await bench.services.secrets.scan(author, { projectId });
    expect(scan).toMatchObject({ recordsRedacted: 0, entriesRedacted: 0, hasMoreFindings: false, after: null });
    expect(scan.recordsScanned).toBe(6);
    expect(scan.rules).toEqual([{ rule: 'github-token', records: 3, entries: 3 }]);
    const found = scan.findings.map(({ recordId, field, count, isCurrent, entries }) => [
      recordId,
      field,
      count,
      isCurrent,
      entries,
    ]);
    expect(found).toHaveLength(5);
    expect(found).toEqual(
      expect.arrayContaining([
        [projectId, 'description', 1, false, 1],
        [memoryId, 'content', 2, true, 0],
        [deletedId, 'content', 1, true, 1],
        [taskId, 'description', 1, false, 1],
        [expect.stringMatching(/^sta_/), 'value', 1, true, 0],
      ]),
    );
    expect(scan.findings.every(({ obstacle }) => obstacle === null)).toBe(true);
    expect(JSON.stringify(scan)).not.toContain('ghp_');
    expect(await everything(bench, projectId)).toBe(before);
  });

  it('replaces them on request, also in the log, and then finds none', async () => {
    const bench = await startBench(UNSCREENED);
    const { projectId, memoryId, taskId, deletedId } = await plant(bench);
    const scan = await bench.services.secrets.scan(author, { projectId, redact: true });
    expect(scan).toMatchObject({ recordsRedacted: 3, entriesRedacted: 6, after: null });
    const after = await everything(bench, projectId);
    expect(after).not.toContain('ghp_');
    const { tasks, store } = await bench.factory.of(projectId);
    const [memory, deleted] = await store.collection(memories).get([memoryId, deletedId]);
    expect(memory).toMatchObject({ version: 2, content: `push with ${MARKER} please, or with ${MARKER}` });
    expect(deleted).toMatchObject({ version: 3, content: `push with ${MARKER} please` });
    expect(memory!.redactions).toEqual([{ rule: 'github-token', count: 2 }]);
    expect(deleted!.deletedAt).not.toBeNull();
    expect((await tasks.get([taskId]))[0]).toMatchObject({ version: 2, description: 'clean' });
    expect(await store.log.image(taskId, 1)).toMatchObject({ description: `push with ${MARKER} please` });
    const { items } = await store.log.list({ recordId: memoryId, direction: 'DESC', limit: 1 });
    expect(items[0]!.entry).toMatchObject({ ...author, operation: 'REDACT', version: 2 });
    expect(bench.catchUps.get(projectId)).toBe(1);

    const again = await bench.services.secrets.scan(author, { projectId, redact: true });
    expect(again).toMatchObject({ recordsRedacted: 0, entriesRedacted: 0, findings: [], rules: [] });
    expect(await everything(bench, projectId)).toBe(after);
  });

  it('continues where an earlier call ended, and is completed by a new one when it is abandoned', async () => {
    const bench = await startBench({ ...UNSCREENED, secretScanMs: 0 });
    const { projectId } = await plant(bench);
    const { services } = bench;
    for (let n = 0; n < 120; n += 1)
      await services.memories.save(author, {
        projectId,
        role: 'USER',
        content: n % 3 === 0 ? WITH_SECRET : `note ${n}`,
      });
    const parts = await scanAll(bench, projectId, false);
    const sum = (name: 'recordsScanned' | 'entriesScanned' | 'recordsRedacted' | 'entriesRedacted', of: SecretScan[]) =>
      of.reduce((total, each) => total + each[name], 0);
    expect(parts.length).toBeGreaterThan(8);
    expect(sum('recordsScanned', parts)).toBe(126);
    expect(
      parts.flatMap(({ findings }) => findings.filter(({ isCurrent, entries }) => isCurrent && entries === 0)),
    ).toHaveLength(43);

    let after: string | null = null;
    for (let call = 0; call < 5; call += 1)
      after = (await services.secrets.scan(author, { projectId, redact: true, after })).after;
    expect(after).not.toBeNull();
    expect(await everything(bench, projectId)).toContain('ghp_');
    const rest = await scanAll(bench, projectId, true);
    expect(sum('recordsRedacted', rest)).toBeLessThan(43);
    expect(await everything(bench, projectId)).not.toContain('ghp_');
  });

  it('lists the first hundred findings, and counts all', async () => {
    const bench = await startBench(UNSCREENED);
    const { id: projectId } = await makeProject(bench);
    for (let n = 0; n < 3; n += 1) {
      const memories = Array.from({ length: 50 }, () => ({ role: 'USER' as const, content: WITH_SECRET }));
      await bench.services.memories.saveMany(author, { projectId, memories });
    }
    const scan = await bench.services.secrets.scan(author, { projectId, redact: true });
    expect(scan).toMatchObject({ hasMoreFindings: true, recordsRedacted: 150, entriesRedacted: 150 });
    expect(scan.findings).toHaveLength(100);
    expect(scan.rules).toEqual([{ rule: 'github-token', records: 150, entries: 150 }]);
  });

  it('leaves what identifies a record, and says what to do about it', async () => {
    const bench = await startBench(UNSCREENED);
    const { id: projectId } = await makeProject(bench);
    const content = WITH_SECRET;
    await bench.services.memories.save(author, { projectId, role: 'USER', content, externalId: `m-${SECRET}` });
    for (const redact of [true, true]) {
      const scan = await bench.services.secrets.scan(author, { projectId, redact });
      expect(scan.findings.filter(({ obstacle }) => obstacle !== null)).toMatchObject([
        { field: 'externalId', rule: 'github-token', isCurrent: true, obstacle: expect.stringContaining('purge') },
      ]);
    }
    const { store } = await bench.factory.of(projectId);
    expect((await store.scan(memories, null, 1))[0]).toMatchObject({
      version: 2,
      content: `push with ${MARKER} please`,
      externalId: `m-${SECRET}`,
    });
  });

  it('says so when the search index can’t be cleaned', async () => {
    const bench = await startBench(UNSCREENED);
    const { projectId } = await plant(bench);
    const { search } = await bench.factory.of(projectId);
    const failing = new StoreError('STORE_UNAVAILABLE', 'Another program reads it.', 'Stop that.');
    Object.assign(search, { catchUp: () => Promise.reject(failing) });
    const scan = await bench.services.secrets.scan(author, { projectId, redact: true });
    expect(scan).toMatchObject({
      recordsRedacted: 3,
      problem: expect.stringContaining('Another program reads it. Stop'),
    });
    const again = await bench.services.secrets.scan(author, { projectId, redact: true });
    expect(again).toMatchObject({ recordsRedacted: 0, problem: scan.problem });
  });

  it('leaves a field that can’t hold a marker, and redacts what it was once it has changed', async () => {
    const bench = await startBench(UNSCREENED);
    const { services } = bench;
    const { id: projectId } = await makeProject(bench);
    await services.projects.update(author, { id: projectId, version: 1, githubRepo: `harbour/${SECRET}` });
    const scan = () => services.secrets.scan(author, { projectId, redact: true });
    expect(await scan()).toMatchObject({
      ...{ recordsLeft: 1, recordsRedacted: 0, entriesLeft: 0, entriesRedacted: 0 },
      findings: [{ recordId: projectId, field: 'githubRepo', obstacle: expect.stringContaining('change it') }],
    });
    await services.projects.update(author, { id: projectId, version: 2, githubRepo: 'harbour/lights' });
    expect(await scan()).toMatchObject({
      ...{ recordsLeft: 0, recordsRedacted: 0, entriesLeft: 0, entriesRedacted: 1 },
      findings: [{ recordId: projectId, field: 'githubRepo', isCurrent: false, obstacle: null }],
    });
    expect(await everything(bench, projectId)).not.toContain(SECRET);
  });

  it('redacts what a record has become when it changes meanwhile', async () => {
    let change: (() => Promise<unknown>) | null = null;
    const bench = await startBench({
      ...UNSCREENED,
      async beforeCommit(changes) {
        if (!changes.some((each) => each.kind === 'put' && each.operation === 'REDACT')) return;
        const now = change;
        change = null;
        await now?.();
      },
    });
    const { id: projectId } = await makeProject(bench);
    const { services } = bench;
    const memory = await services.memories.save(author, { projectId, role: 'USER', content: WITH_SECRET });
    change = () => services.memories.update(author, { id: memory.id, version: 1, content: `now ${OTHER_SECRET}` });
    await bench.services.secrets.scan(author, { projectId, redact: true });
    expect(change).toBeNull();
    const { store } = await bench.factory.of(projectId);
    expect(await store.log.image(memory.id, 3)).toMatchObject({ content: `now ${MARKER}` });
    expect(await store.log.image(memory.id, 2)).toMatchObject({ content: `now ${MARKER}` });
    expect(await store.log.image(memory.id, 1)).toMatchObject({ content: `push with ${MARKER} please` });
  });

  it('refuses a place that it never gave, and a project that there isn’t', async () => {
    const bench = await startBench({ ...UNSCREENED, secretScanMs: 0 });
    const { id: projectId } = await makeProject(bench);
    const other = await makeProject(bench, { name: 'Other' });
    const { after } = await bench.services.secrets.scan(author, { projectId: other.id });
    for (const wrong of [after, 'nonsense']) {
      const error = await rejection(bench.services.secrets.scan(author, { projectId, after: wrong }));
      expect(error).toMatchObject({ code: 'INVALID_CURSOR' });
    }
    const gone = await bench.services.projects.delete(author, { id: projectId, version: 1 });
    expect(await rejection(bench.services.secrets.scan(author, { projectId: gone.id }))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('redacts nothing of a project that is being moved, or whose former place is kept, and says what to do', async () => {
    const bench = await startBench(UNSCREENED);
    const { projectId } = await plant(bench);
    const migration = await bench.services.migrations.start(author, { projectId, to: 'FILE', dryRun: false });
    const before = await everything(bench, projectId);
    const scan = (redact: boolean) => bench.services.secrets.scan(author, { projectId, redact });
    expect(await rejection(scan(true))).toMatchObject({
      code: 'MIGRATION_STATE',
      migrationId: migration.id,
      message: expect.stringContaining("can't be redacted"),
      hint: expect.stringContaining('wait until it has ended'),
    });
    expect((await scan(false)).findings).toHaveLength(5);
    expect(await everything(bench, projectId)).toBe(before);
  });
});
