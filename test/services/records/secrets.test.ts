import { expect, it } from 'vitest';
import { ConflictError } from '../../../src/domain/errors.js';
import type { Redaction, SecretPolicy } from '../../../src/domain/fields/redaction.js';
import type { RecordBase } from '../../../src/domain/record.js';
import type { SecretRefusedError } from '../../../src/screening/errors.js';
import { DEFAULT_SCREEN } from '../../../src/services/records/write-screen.js';
import * as specs from '../../../src/storage/collections.js';
import { MARKER, OTHER_SECRET, SECRET } from '../../support/secrets.js';
import { author, rejection, startBench } from '../support.js';

const found = (count: number) => [{ rule: 'github-token', count }];

async function start(policy: SecretPolicy = 'REDACT', secrets: SecretPolicy | null = null) {
  const scans: string[] = [];
  const scanner: typeof DEFAULT_SCREEN.scanner = {
    redact(values) {
      scans.push(...values.map((value) => JSON.stringify(value)));
      return DEFAULT_SCREEN.scanner.redact(values);
    },
  };
  const bench = await startBench({ screen: { policy, scanner } });
  const reported: (readonly Redaction[])[] = [];
  const writer = { ...author, onRedacted: (redactions: readonly Redaction[]) => void reported.push(redactions) };
  const project = await bench.services.projects.create(author, { name: 'Harbour', secrets });
  scans.length = 0;
  return { ...bench, ...bench.services, project, projectId: project.id, writer, reported, scans };
}
type Started = Awaited<ReturnType<typeof start>>;

/** Everything that the stores have, as one text. */
async function storedIn({ factory, catalog, projectId }: Started): Promise<string> {
  const { store } = await factory.of(projectId);
  const entries = [await store.log.read(0, 1_000), await catalog.log.read(0, 1_000)];
  const documents = await Promise.all(
    specs.PROJECT_COLLECTIONS.map((spec) => store.scan<never>(spec as never, null, 1_000)),
  );
  return JSON.stringify([entries, documents, await catalog.scan(specs.projects, null, 1_000), await store.manifest()]);
}

/** One write of each kind, with the secret in each field that may be redacted, and how many fields these are. */
const WRITES: readonly (readonly [
  kind: string,
  count: number,
  save: (s: Started, text: string) => Promise<RecordBase>,
])[] = [
  [
    'a memory',
    3,
    ({ memories, projectId, writer }, text) =>
      memories.save(writer, {
        projectId,
        role: 'TOOL',
        toolName: `run ${text}`,
        content: `It said ${text}.`,
        metadata: { nested: [{ output: text }] },
      }),
  ],
  [
    'a task',
    8,
    ({ tasks, projectId, writer }, text) =>
      tasks.create(writer, {
        projectId,
        title: `Use ${text}`,
        description: text,
        analysis: text,
        result: text,
        gitBranch: text,
        stageResults: [
          { stage: 'build', status: 'ok', output: { log: text } },
          { stage: text, status: 'ok', output: null },
        ],
        testingUrls: [{ label: text, url: 'https://example.org/' }],
      }),
  ],
  [
    'a state',
    1,
    ({ states, projectId, writer }, text) =>
      states.save(writer, { ownerId: projectId, key: 'plan', value: { steps: [text] } }),
  ],
  [
    'a session',
    3,
    ({ sessions, projectId, writer }, text) =>
      sessions.create(writer, { projectId, title: text, workspace: text, metadata: { env: text } }),
  ],
  [
    'a project',
    4,
    ({ projects, writer }, text) =>
      projects.create(writer, {
        name: `For ${text}`,
        description: text,
        customInstructions: `Use ${text}`,
        settings: { remote: text },
      }),
  ],
];

it.each(WRITES)('%s is saved without its secrets, with how many there were', async (_kind, count, save) => {
  const started = await start();
  const record = await save(started, SECRET);
  expect(record.redactions).toEqual(found(count));
  expect(JSON.stringify(record)).toContain(MARKER);
  expect(started.reported).toEqual([found(count)]);
  const stored = await storedIn(started);
  expect(stored).not.toContain(SECRET);
  expect(stored).toContain(MARKER);
});

it.each(WRITES)('%s is refused under the policy REFUSE, by an error that names no secret', async (_kind, _, save) => {
  const started = await start('REFUSE');
  const error = await rejection<SecretRefusedError>(save(started, SECRET));
  expect(error).toMatchObject({ code: 'SECRET_REFUSED', rule: 'github-token' });
  expect(error.message).toContain(error.field);
  expect(JSON.stringify([error, error.message, error.hint])).not.toContain(SECRET);
  expect(await storedIn(started)).not.toContain(SECRET);
});

it.each(WRITES)('%s is saved as it is under the policy OFF', async (_kind, _, save) => {
  const started = await start('OFF');
  const record = await save(started, SECRET);
  expect(JSON.stringify(record)).toContain(SECRET);
  expect(record).not.toHaveProperty('redactions');
  expect(started.scans).toEqual([]);
});

it("a project's own policy counts, whatever the server's", async () => {
  for (const [server, own] of [
    ['OFF', 'REDACT'],
    ['REFUSE', 'REDACT'],
    ['OFF', 'REFUSE'],
    ['REDACT', 'OFF'],
  ] as const) {
    const { memories, projectId, author: _ } = { ...(await start(server, own)), author };
    const saved = memories.save(author, { projectId, role: 'USER', content: SECRET });
    if (own === 'REFUSE') expect((await rejection<SecretRefusedError>(saved)).field).toBe('content');
    else expect((await saved).content).toBe(own === 'OFF' ? SECRET : MARKER);
  }
});

it('a changed policy counts from the next write on, and the change itself is under it', async () => {
  const { projects, memories, project, projectId } = await start();
  const off = await projects.update(author, { id: projectId, version: 1, secrets: 'OFF', description: SECRET });
  expect(off.description).toBe(SECRET);
  const kept = await memories.save(author, { projectId, role: 'USER', content: SECRET });
  expect(kept.content).toBe(SECRET);
  await projects.update(author, { id: projectId, version: off.version, secrets: null });
  expect((await memories.save(author, { projectId, role: 'USER', content: SECRET })).content).toBe(MARKER);
  expect(project.secrets).toBeNull();
});

it('what names a record is refused rather than redacted, and nothing is written', async () => {
  const started = await start();
  const { memories, tasks, sessions, states, projects, projectId } = started;
  const memory = { projectId, role: 'USER', content: 'Ahoy' } as const;
  const tried: readonly (readonly [field: string, save: () => Promise<unknown>])[] = [
    ['externalId', () => memories.save(author, { ...memory, externalId: SECRET })],
    ['sessionId', () => memories.save(author, { ...memory, sessionId: SECRET })],
    [
      'memories.1.sessionId',
      () => memories.saveMany(author, { projectId, memories: [memory, { ...memory, sessionId: SECRET }] }),
    ],
    ['externalId', () => memories.upsert(author, { ...memory, externalId: SECRET })],
    ['externalId', () => tasks.create(author, { projectId, title: 'Moor', externalId: SECRET })],
    ['key', () => sessions.create(author, { projectId, key: SECRET })],
    ['key', () => sessions.upsert(author, { projectId, key: SECRET })],
    ['key', () => states.save(author, { ownerId: projectId, key: SECRET, value: 1 })],
    ['key', () => states.upsert(author, { ownerId: projectId, key: SECRET, value: 1 })],
    ['path', () => projects.create(author, { name: 'Quay', path: `/work/${SECRET}` })],
  ];
  for (const [field, save] of tried) {
    const error = await rejection<SecretRefusedError>(save());
    expect(error).toMatchObject({ code: 'SECRET_REFUSED', field, rule: 'github-token' });
    expect(error.message).not.toContain(SECRET);
  }
  expect((await (await started.factory.of(projectId)).store.log.head()).seq).toBe(0);
});

it('a text that would not be valid any more is refused rather than redacted', async () => {
  const { projects } = await start();
  const githubRepo = `https://${SECRET}@github.com/acme/harbour`;
  expect(await rejection<SecretRefusedError>(projects.create(author, { name: 'Quay', githubRepo }))).toMatchObject({
    field: 'githubRepo',
  });
});

it('where a project is kept is refused rather than redacted: it would be kept elsewhere', async () => {
  const { projects } = await start();
  const settings = { mongodbDatabase: SECRET, remote: 'origin' };
  const created = projects.create(author, { name: 'Quay', storageMode: 'MONGODB', settings });
  expect((await rejection<SecretRefusedError>(created)).field).toBe('settings');
});

it('the title that a session takes from a message has no part of its secret', async () => {
  const { memories, projectId, factory } = await start();
  await memories.save(author, { projectId, sessionId: 'chat', role: 'USER', content: `Log in with ${SECRET} please` });
  const { store } = await factory.of(projectId);
  const [session] = await store.scan(specs.sessions, null, 10);
  expect(session!.title).toBe('Log in with [redacted: github-token] please');
});

it('an update scans what it changes only, and counts what the texts have then', async () => {
  const { tasks, projectId, scans, reported, writer } = await start();
  const created = await tasks.create(writer, {
    projectId,
    title: 'Moor',
    description: SECRET,
    analysis: `${SECRET} ${OTHER_SECRET}`,
  });
  expect(created.redactions).toEqual(found(3));
  scans.length = 0;
  const renamed = await tasks.update(writer, { id: created.id, version: 1, title: 'Moor it' });
  expect(scans).toEqual(['"Moor it"']);
  expect(renamed.redactions).toEqual(found(3));
  const cleared = await tasks.update(writer, { id: created.id, version: 2, analysis: null });
  expect(cleared.redactions).toEqual(found(1));
  const clean = await tasks.update(writer, { id: created.id, version: 3, description: 'By the quay' });
  expect(clean).not.toHaveProperty('redactions');
  expect(reported).toEqual([found(3), [], [], []]);
});

it('one more stage result is scanned alone', async () => {
  const { tasks, projectId, scans } = await start();
  const stage = { stage: 'build', status: 'ok', output: SECRET, at: '2026-01-31T09:30:00.000Z' };
  const { id, stageResults } = await tasks.create(author, { projectId, title: 'Moor', stageResults: [stage] });
  scans.length = 0;
  const updated = await tasks.update(author, {
    id,
    version: 1,
    stageResults: [...stageResults, { ...stage, stage: 'test', output: OTHER_SECRET }],
  });
  expect(scans).toHaveLength(1);
  expect(updated.redactions).toEqual(found(2));
});

it('the same secret again changes nothing, and is reported all the same', async () => {
  const { memories, projectId, writer, reported } = await start();
  const saved = await memories.upsert(writer, { projectId, externalId: 'a', role: 'USER', content: SECRET });
  const again = await memories.upsert(writer, { projectId, externalId: 'a', role: 'USER', content: SECRET });
  expect(again.record).toEqual(saved.record);
  expect(reported).toEqual([found(1), found(1)]);
});

it('a reversion scans what it brings back', async () => {
  const { tasks, records, projects, projectId, writer, reported, project } = await start();
  await projects.update(author, { id: projectId, version: project.version, secrets: 'OFF' });
  const { id } = await tasks.create(author, { projectId, title: 'Moor', description: SECRET });
  await tasks.update(author, { id, version: 1, description: 'By the quay' });
  await projects.update(author, { id: projectId, version: project.version + 1, secrets: null });
  const reverted = await records.revert(writer, { id, version: 2, toVersion: 1 });
  expect(reverted).toMatchObject({ version: 3, description: MARKER, redactions: found(1) });
  expect(reported).toEqual([found(1)]);
});

it('what agents say of a claimed task is scanned', async () => {
  const { tasks, claims, projectId, writer } = await start();
  const { id } = await tasks.create(author, { projectId, title: 'Moor' });
  const { claimToken: token } = await claims.claim(author, {
    projectId,
    id,
    agent: 'ada',
    leaseSeconds: 60,
    waitSeconds: 0,
  });
  const released = await claims.release(writer, { id, token, reason: `${SECRET} is wrong` });
  expect(released).toMatchObject({ lastRelease: { reason: `${MARKER} is wrong` }, redactions: found(1) });
  const again = await claims.claim(author, { projectId, id, agent: 'ada', leaseSeconds: 60, waitSeconds: 0 });
  const done = await claims.complete(writer, { id, token: again.claimToken, result: `Used ${OTHER_SECRET}` });
  expect(done).toMatchObject({ result: `Used ${MARKER}`, redactions: found(2) });
});

it('a write that loses a race is not scanned again', async () => {
  let scans = 0;
  const scanner: typeof DEFAULT_SCREEN.scanner = {
    redact(values) {
      scans += values.filter((value) => value === SECRET).length;
      return DEFAULT_SCREEN.scanner.redact(values);
    },
  };
  let attempts = 0;
  const { services } = await startBench({
    screen: { policy: 'REDACT', scanner },
    beforeCommit: async () => {
      attempts += 1;
      if (attempts < 3) throw new ConflictError('mem_x', null, 'memories');
    },
  });
  const { id: projectId } = await services.projects.create(author, { name: 'Harbour' });
  const memory = await services.memories.save(author, { projectId, role: 'USER', content: SECRET });
  expect(memory.content).toBe(MARKER);
  expect({ attempts, scans }).toEqual({ attempts: 3, scans: 1 });
});

it('a state whose key says that it is a password has none', async () => {
  const { states, projectId } = await start();
  const password = ['Kx9', 'vQ2m', 'Zt7Lp'].join('');
  const saved = await states.save(author, { ownerId: projectId, key: 'db_password', value: password });
  expect(saved).toMatchObject({ key: 'db_password', value: '[redacted: password]' });
  const list = await states.upsert(author, { ownerId: projectId, key: 'arguments', value: ['--password', password] });
  expect(list.record.value).toEqual(['--password', '[redacted: password]']);
});
