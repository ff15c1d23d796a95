import { beforeEach, describe, expect, it } from 'vitest';
import { createVault } from '../../../src/config/vault.js';
import { fixedKeys } from '../../../src/config/vault-keys.js';
import type { StorageInUseError } from '../../../src/domain/errors.js';
import type { Project } from '../../../src/domain/project.js';
import type { StorageEnvironment } from '../../../src/domain/storage-settings.js';
import type { StorageInput } from '../../../src/services/input/storage.js';
import { loadStorageSettings } from '../../../src/services/storage-settings/effective.js';
import { createStandIn, type StandIn, storageParts } from '../../support/storage-control.js';
import { author, type Bench, makeProject, rejection, startBench } from '../support.js';

const URI = 'mongodb://anna:p%40ssword@db.example/?tls=true';
const KEY = 'pa-0123456789abcdef';

let control: StandIn;
let bench: Bench;
beforeEach(() => start());

async function start(environment: StorageEnvironment = { variables: {} }, folder?: string, key = 7): Promise<void> {
  control = createStandIn();
  const storage = storageParts({ control, environment, vault: createVault(fixedKeys(Buffer.alloc(32, key))) });
  bench = await startBench({ storage, ...(folder === undefined ? {} : { folder }) });
}

const mongodb = (settings: StorageInput['settings']['mongodb']): StorageInput => ({ settings: { mongodb: settings } });
const test = (input: StorageInput) => bench.services.storage.test(author, input);
async function save(input: StorageInput) {
  const { token } = await test(input);
  return bench.services.storage.save(author, { ...input, token: token! });
}
async function shown(mode: string) {
  return (await bench.services.storage.config()).find((each) => each.mode === mode)!;
}
/** A project in the catalog of which only the place matters. */
async function putProject(storageMode: Project['storageMode'], settings: Project['settings'] = {}): Promise<Project> {
  const project = await makeProject(bench);
  const document: Project = { ...project, version: 2, storageMode, settings };
  const change = { kind: 'put', collection: 'projects', operation: 'UPDATE', document } as const;
  await bench.catalog.commit([change], { epoch: 1, ...author, at: project.updatedAt });
  return document;
}

describe('the storage modes', () => {
  it('are shown with their parts and settings, and without a secret', async () => {
    await save(mongodb({ connectionString: URI, database: 'harbour', voyageApiKey: KEY }));
    expect(await shown('MONGODB')).toEqual({
      mode: 'MONGODB',
      available: true,
      reason: null,
      hint: null,
      place: 'harbour',
      voyageConfigured: true,
      embedder: { name: 'all-MiniLM-L6-v2', dimensions: 384, note: null },
      dollarsPerMillion: 0,
      vectorSearch: 'EMBEDDED',
      source: 'SAVED',
      settings: [
        { name: 'database', value: 'harbour', source: 'SAVED', variable: null },
        { name: 'maxPoolSize', value: '10', source: 'DEFAULT', variable: null },
        { name: 'allowPlaintext', value: '', source: 'DEFAULT', variable: null },
        { name: 'voyageModel', value: 'voyage-3-large', source: 'DEFAULT', variable: null },
        { name: 'voyageBaseUrl', value: null, source: 'DEFAULT', variable: null },
      ],
      secrets: [
        { name: 'connectionString', isSet: true, ending: 'true', source: 'SAVED', variable: null },
        { name: 'voyageApiKey', isSet: true, ending: 'cdef', source: 'SAVED', variable: null },
      ],
      overriddenBy: [],
      savedAt: new Date(bench.clock.now).toISOString(),
    });
    expect(await shown('LOCAL')).toMatchObject({ available: true, source: 'DEFAULT', savedAt: null });
  });

  it('say why they cannot be used, and what to do', async () => {
    expect(await shown('MONGODB')).toMatchObject({
      available: false,
      reason: expect.any(String),
      hint: expect.any(String),
    });
  });

  it('reveal nothing of a short secret, nor a password in an address of the environment', async () => {
    await start({ chromaUrl: 'http://me:hidden@chroma.example/', chromaToken: '12345678901', variables: {} });
    const { settings, secrets } = await shown('LOCAL');
    expect(secrets).toMatchObject([{ name: 'chromaToken', isSet: true, ending: '' }]);
    expect(settings[0]).toMatchObject({ name: 'chromaUrl', value: 'http://chroma.example/' });
  });
});

describe('testing settings', () => {
  it('checks them with all others as they are, and applies and saves nothing', async () => {
    const { checks, token, expiresAt, projectIds } = await test(mongodb({ connectionString: ` ${URI}\n` }));
    expect(control.tested).toEqual([
      {
        mode: 'MONGODB',
        settings: {
          mongo: { connectionString: URI, database: 'mooring', maxPoolSize: 10, allowPlaintext: [] },
          voyage: null,
          chroma: null,
          file: { path: '/data/files' },
        },
      },
    ]);
    expect(checks).toHaveLength(1);
    expect(token).toEqual(expect.any(String));
    expect(expiresAt).toBe(new Date(bench.clock.now + 600_000).toISOString());
    expect(projectIds).toEqual([]);
    expect(control.configured).toEqual([]);
    expect((await bench.catalog.log.head()).seq).toBe(0);
  });

  it('issues no token when a check failed; a warning is no failure', async () => {
    const check = { name: 'CONNECT', ms: 1, message: 'No answer.', hint: 'Start it.' } as const;
    control.checks.push({ ...check, outcome: 'WARNING' });
    expect((await test(mongodb({ connectionString: URI }))).token).not.toBeNull();
    control.checks.push({ ...check, outcome: 'FAILED' });
    expect(await test(mongodb({ connectionString: URI }))).toMatchObject({ token: null, expiresAt: null });
  });

  it('counts a value as entered even if the environment has the same', async () => {
    await start({ connectionString: URI, variables: { connectionString: 'MONGODB_URI' } });
    await test(mongodb({ database: 'other' }));
    expect(control.tested.at(-1)!.settings.mongo).toMatchObject({ connectionString: URI, isFromEnvironment: true });
    await test(mongodb({ connectionString: URI }));
    expect(control.tested.at(-1)!.settings.mongo).not.toHaveProperty('isFromEnvironment');
  });

  it.each(['admin', 'Local', 'CONFIG'])('refuses the database %s, which is MongoDB’s own', async (database) => {
    expect(await rejection(test(mongodb({ connectionString: URI, database })))).toMatchObject({
      field: 'settings.mongodb.database',
      hint: expect.stringContaining('own'),
    });
  });

  it('uses the secret in force where none is given, and none where it is null', async () => {
    await save(mongodb({ connectionString: URI, voyageApiKey: KEY }));
    await test(mongodb({ database: 'other' }));
    expect(control.tested.at(-1)!.settings).toMatchObject({
      mongo: { connectionString: URI, database: 'other' },
      voyage: { apiKey: KEY },
    });
    await test(mongodb({ voyageApiKey: null }));
    expect(control.tested.at(-1)!.settings.voyage).toBeNull();
  });

  it('never sends a secret that was left out to an address that it was not given for', async () => {
    await save(mongodb({ connectionString: URI, voyageApiKey: KEY }));
    const error = await rejection(test(mongodb({ voyageBaseUrl: 'https://evil.example/v1' })));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', field: 'settings.mongodb.voyageApiKey' });
    await save({ settings: { local: { chromaUrl: 'https://chroma.example', chromaToken: 'token-of-chroma' } } });
    const local = await rejection(test({ settings: { local: { chromaUrl: 'https://evil.example' } } }));
    expect(local).toMatchObject({ field: 'settings.local.chromaToken' });
    const before = control.tested.length;
    await test({ settings: { local: { chromaUrl: 'https://chroma.example/', chromaTenant: 'mine' } } });
    await test({ settings: { local: { chromaUrl: 'https://evil.example', chromaToken: null } } });
    expect(control.tested.slice(before).map(({ settings }) => settings.chroma?.token)).toEqual([
      'token-of-chroma',
      null,
    ]);
  });

  it('redacts a secret that a server repeats', async () => {
    const message = `cannot log in as anna with p@ssword (p%40ssword) at ${URI}`;
    control.checks.push({ name: 'AUTHENTICATION', outcome: 'FAILED', ms: 1, message, hint: `Check ${KEY}.` });
    const { checks } = await test(mongodb({ connectionString: URI, voyageApiKey: KEY }));
    expect(checks[0]).toMatchObject({ message: 'cannot log in as anna with … (…) at …', hint: 'Check ….' });
  });

  it.each<[string, StorageInput['settings'], string]>([
    ['no mode', {}, 'settings'],
    ['two modes', { file: {}, local: {} }, 'settings'],
    ['no connection string', { mongodb: { database: 'x' } }, 'settings.mongodb.connectionString'],
    ['an empty connection string', { mongodb: { connectionString: ' ' } }, 'settings.mongodb.connectionString'],
    [
      'a database that has no such name',
      { mongodb: { connectionString: URI, database: 'a.b' } },
      'settings.mongodb.database',
    ],
    ['a password in an address', { local: { chromaUrl: 'http://a:secret@b/' } }, 'settings.local.chromaUrl'],
    ['an address without a server', { local: { chromaUrl: 'secret' } }, 'settings.local.chromaUrl'],
    ['a relative folder', { file: { path: 'secret/files' } }, 'settings.file.path'],
  ])('refuses %s, and says where', async (_, settings, field) => {
    const error = await rejection(test({ settings }));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', field });
    expect(`${error.message} ${error.hint}`).not.toContain('secret/');
    expect(`${error.message} ${error.hint}`).not.toContain('a:secret');
    expect(control.tested).toEqual([]);
  });

  it('names the projects that would be searched for elsewhere', async () => {
    await save({ settings: { file: { path: '/srv/files' } } });
    const { id } = await putProject('FILE');
    await putProject('FILE', { fileStorePath: '/home/me/own' });
    await putProject('LOCAL');
    expect((await test({ settings: { file: { path: '/srv/other' } } })).projectIds).toEqual([id]);
    expect((await test({ settings: { file: { path: '/srv/files/' } } })).projectIds).toEqual([]);
    expect((await test({ settings: { local: { chromaUrl: 'http://127.0.0.1:8000' } } })).projectIds).toEqual([]);
  });

  it('names those with a database of their own when the server changes, not when only the database does', async () => {
    await save(mongodb({ connectionString: URI }));
    const { id } = await putProject('MONGODB');
    const own = await putProject('MONGODB', { mongodbDatabase: 'own' });
    expect((await test(mongodb({ database: 'other' }))).projectIds).toEqual([id]);
    const other = mongodb({ connectionString: 'mongodb://anna:p%40ssword@other.example/?tls=true' });
    expect((await test(other)).projectIds).toEqual([id, own.id]);
  });
});

describe('saving settings', () => {
  it('is effective at once, and after a restart', async () => {
    await save(mongodb({ connectionString: URI, voyageApiKey: KEY }));
    expect(control.configured).toMatchObject([{ mongo: { connectionString: URI }, voyage: { apiKey: KEY } }]);
    const { settings } = await loadStorageSettings(
      bench.catalog,
      bench.services.secretStore,
      { variables: {} },
      '/data',
    );
    expect(settings).toEqual(control.configured[0]);
  });

  it('accepts only what has just passed: exactly these values, with a token of ten minutes', async () => {
    const input = mongodb({ connectionString: URI, database: 'a' });
    const { token } = await test(input);
    const saving = (settings: StorageInput, with_ = token!) =>
      rejection(bench.services.storage.save(author, { ...settings, token: with_ }));
    for (const [settings, with_] of [
      [input, ''],
      [input, `${token}x`],
      [input, token!.replace(/^\d+/, (expires) => `${Number(expires) + 1}`)],
      [mongodb({ connectionString: URI, database: 'b' }), token!],
      [mongodb({ connectionString: `${URI}&x=1`, database: 'a' }), token!],
      [mongodb({ connectionString: URI, database: 'a', voyageApiKey: KEY }), token!],
    ] as const) {
      expect(await saving(settings, with_)).toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
    }
    bench.clock.now += 600_000;
    expect(await saving(input)).toMatchObject({ message: expect.stringContaining('expired') });
    expect(control.configured).toEqual([]);
    expect((await bench.catalog.log.head()).seq).toBe(0);
  });

  it('refuses a token when what was left out has changed since the test', async () => {
    await save(mongodb({ connectionString: URI }));
    const { token } = await test(mongodb({ database: 'b' }));
    await save(mongodb({ connectionString: URI.replace('anna', 'ben') }));
    const error = await rejection(
      bench.services.storage.save(author, { ...mongodb({ database: 'b' }), token: token! }),
    );
    expect(error).toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
  });

  it('keeps secrets encrypted in the one record that a mode has', async () => {
    await save(mongodb({ connectionString: URI, voyageApiKey: KEY }));
    await save(mongodb({ database: 'b' }));
    const entries = (await bench.catalog.log.read(0, 100)).filter(({ collection }) => collection === 'storageConfigs');
    expect(entries.map(({ operation, version }) => [operation, version])).toEqual([
      ['CREATE', 1],
      ['UPDATE', 2],
    ]);
    const image = await bench.catalog.log.image(entries[0]!.recordId, 2);
    expect(image).toMatchObject({
      mode: 'MONGODB',
      values: { database: 'b' },
      secrets: { voyageApiKey: { ending: 'cdef' } },
    });
    const text = JSON.stringify([entries, image]);
    for (const secret of [URI, KEY, 'p%40ssword', 'p@ssword']) expect(text).not.toContain(secret);
  });

  it('by two at once leaves the settings of both in force', async () => {
    await Promise.all([
      save(mongodb({ connectionString: URI })),
      save({ settings: { local: { chromaUrl: 'http://127.0.0.1:8000' } } }),
    ]);
    expect(control.configured.at(-1)).toMatchObject({
      mongo: { connectionString: URI },
      chroma: { tenant: 'default_tenant' },
    });
  });

  it('names the environment variables that override it, and keeps none of their values', async () => {
    await start({ connectionString: URI, variables: { connectionString: 'MONGODB_URI' } });
    const saved = await save(mongodb({ connectionString: 'mongodb://other.example/' }));
    expect(saved).toMatchObject({ overriddenBy: ['MONGODB_URI'], source: 'ENVIRONMENT' });
    expect(control.configured.at(-1)?.mongo?.connectionString).toBe(URI);
    await start({ connectionString: URI, variables: { connectionString: 'MONGODB_URI' } });
    expect(await save(mongodb({ database: 'mine' }))).toMatchObject({ overriddenBy: [] });
    const [entry] = await bench.catalog.log.read(0, 1);
    expect(await bench.catalog.log.image(entry!.recordId, 1)).toMatchObject({
      values: { database: 'mine' },
      secrets: {},
    });
  });

  it('with a changed key reports that the mode can’t be used, until they are saved again', async () => {
    await save(mongodb({ connectionString: URI }));
    await start({ variables: {} }, bench.folder, 8);
    expect(await shown('MONGODB')).toMatchObject({
      available: false,
      reason: expect.stringContaining('another key'),
      hint: expect.stringContaining('MOORING_SECRET_KEY'),
      secrets: [{ name: 'connectionString', isSet: true, ending: 'true' }, { isSet: false }],
    });
    expect(await rejection(test(mongodb({ database: 'b' })))).toMatchObject({
      field: 'settings.mongodb.connectionString',
    });
    expect(await save(mongodb({ connectionString: URI }))).toMatchObject({ available: true, reason: null });
  });
});

describe('removing settings', () => {
  it('erases them and the images of them, and is effective at once', async () => {
    await save(mongodb({ connectionString: URI }));
    await save(mongodb({ database: 'b' }));
    expect(await bench.services.storage.remove(author, { mode: 'MONGODB' })).toMatchObject({
      available: false,
      savedAt: null,
    });
    expect(control.configured.at(-1)).toMatchObject({ mongo: null });
    const entries = (await bench.catalog.log.read(0, 100)).filter(({ collection }) => collection === 'storageConfigs');
    expect(entries.map(({ operation, before }) => [operation, before])).toEqual([
      ['CREATE', null],
      ['UPDATE', null],
      ['PURGE', null],
    ]);
  });

  it('is refused when nothing is saved', async () => {
    expect(await rejection(bench.services.storage.remove(author, { mode: 'MONGODB' }))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is refused while projects live there, deleted ones too, and names them', async () => {
    await save(mongodb({ connectionString: URI }));
    const live = await putProject('MONGODB');
    const gone = await bench.services.projects.delete(author, await putProject('MONGODB'));
    const error = await rejection<StorageInUseError>(bench.services.storage.remove(author, { mode: 'MONGODB' }));
    expect(error).toMatchObject({ code: 'STORAGE_IN_USE', projectIds: [live.id, gone.id] });
    expect(error.message).toContain(`"Harbour" (${live.id})`);
    expect(error.message).toContain(`(${gone.id}, deleted)`);
    expect((await shown('MONGODB')).available).toBe(true);
  });

  it('is allowed where projects do not depend on them: LOCAL continues without Chroma', async () => {
    await save({ settings: { local: { chromaUrl: 'http://127.0.0.1:8000' } } });
    await putProject('LOCAL');
    await bench.services.storage.remove(author, { mode: 'LOCAL' });
    expect(control.configured.at(-1)).toMatchObject({ chroma: null });
  });

  it('is allowed when the environment has the same', async () => {
    await save(mongodb({ connectionString: URI }));
    await putProject('MONGODB');
    await start({ connectionString: URI, variables: { connectionString: 'MONGODB_URI' } }, bench.folder);
    expect(await bench.services.storage.remove(author, { mode: 'MONGODB' })).toMatchObject({ source: 'ENVIRONMENT' });
  });
});

describe('health and repair', () => {
  it('cover one mode or all', async () => {
    const { storage } = bench.services;
    expect((await storage.health()).map(({ mode }) => mode)).toEqual(['LOCAL', 'MONGODB', 'FILE']);
    expect(await storage.health('FILE')).toMatchObject([{ mode: 'FILE', ok: true }]);
    expect(await storage.repair(author, { mode: 'FILE' })).toMatchObject({
      repaired: ['index tasks.createdAt of FILE'],
      health: { mode: 'FILE' },
    });
    expect(await rejection(storage.repair(author, { mode: 'MONGODB' }))).toMatchObject({
      code: 'STORAGE_MODE_UNAVAILABLE',
    });
  });
});
