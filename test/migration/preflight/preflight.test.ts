import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StoreError } from '../../../src/domain/errors.js';
import type { Preflight } from '../../../src/domain/migration.js';
import { type Place, projectAt } from '../../../src/domain/place.js';
import type { Project } from '../../../src/domain/project.js';
import { trialIdOf } from '../../../src/migration/preflight/trial.js';
import type { RepositoryFactory } from '../../../src/repositories/factory.js';
import { cases } from '../../support/extent.js';
import { bindFolder, canMount, mountDisk } from '../../support/machine/disk.js';
import { freePort, mongoUnavailable, startMongo } from '../../support/mongodb/mongodb.js';
import { mongoSettings } from '../../support/mongodb/stores.js';
import { startVoyage } from '../../support/voyage/voyage.js';
import { type Bench, startBench } from '../support/preflight-bench.js';

const LOCAL: Place = { mode: 'LOCAL', location: null };
const FILE: Place = { mode: 'FILE', location: null };
const MONGODB: Place = { mode: 'MONGODB', location: null };
const PAIRS = cases(
  [
    { from: LOCAL, to: MONGODB },
    { from: MONGODB, to: FILE },
    { from: FILE, to: LOCAL },
  ],
  [
    { from: LOCAL, to: FILE },
    { from: FILE, to: MONGODB },
    { from: MONGODB, to: LOCAL },
  ],
).filter(({ from, to }) => !mongoUnavailable || (from !== MONGODB && to !== MONGODB));

const outcomes = ({ checks }: Preflight) => Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]));
const messageOf = ({ checks }: Preflight, name: string) => {
  const check = checks.find((each) => each.name === name);
  return `${check?.message} ${check?.hint}`;
};
const failures = ({ checks }: Preflight) =>
  checks.filter(({ outcome }) => outcome === 'FAILED').map(({ name }) => name);

/** Runs the preflight, and checks that it leaves nothing behind. */
async function preflightOf({ preflight, traces }: Bench, project: Project, to: Place): Promise<Preflight> {
  // The project's own vectors are computed meanwhile.
  const others = async () => (await traces()).filter((each) => each !== `memory_embeddings ${project.id}`);
  const before = await others();
  const found = await preflight.run(project, to);
  expect(await others()).toEqual(before);
  return found;
}

describe('a preflight', () => {
  it.each(PAIRS)('from $from.mode to $to.mode passes, counts, measures, and leaves nothing behind', async (pair) => {
    const bench = await startBench();
    const project = await bench.makeProject(pair.from);
    const found = await preflightOf(bench, project, pair.to);
    expect(failures(found)).toEqual([]);
    expect(outcomes(found)).toMatchObject({
      ...{ SOURCE: 'PASSED', TARGET: 'PASSED', SAME_PLACE: 'PASSED', WRITABLE: 'PASSED', NAME_CLASH: 'PASSED' },
      ...{ SPACE: pair.to === MONGODB ? 'SKIPPED' : 'PASSED', SAMPLE: 'PASSED', EMBEDDING_RATE: 'PASSED' },
    });
    const { collections, ...estimate } = found.estimate;
    expect(Object.fromEntries(collections.map(({ name, records }) => [name, records]))).toEqual({
      ...{ tasks: 0, memories: 59, sessions: 1, states: 0, log: 63 },
    });
    expect(estimate).toMatchObject({ vectors: 58, isSameModel: true, tokens: 0, dollars: 0 });
    expect(estimate.bytes).toBeGreaterThan(59 * 250);
    expect(estimate.seconds).toBeGreaterThan(0);
    if (pair.to === FILE) expect(existsSync(join(bench.folder, 'files'))).toBe(false);
  });

  it('of a project without records passes too', async () => {
    const bench = await startBench();
    const project = await bench.makeProject(LOCAL, { memories: 0 });
    expect(failures(await preflightOf(bench, project, FILE))).toEqual([]);
  });

  it('estimates the bytes of a project whose records grew from what was written late too', async () => {
    const bench = await startBench();
    const content = (index: number) => 'x'.repeat(index < 500 ? 10 : 10_000);
    const project = await bench.makeProject(LOCAL, { memories: 1_000, content });
    const { collections } = (await preflightOf(bench, project, FILE)).estimate;
    const { bytes } = collections.find(({ name }) => name === 'memories')!;
    expect(bytes / (500 * 10_000)).toBeGreaterThan(0.7);
    expect(bytes / (500 * 10_000)).toBeLessThan(1.5);
  });
});

describe('a preflight fails', () => {
  it('where the project already is, by whatever path, or would contain itself', async () => {
    const bench = await startBench();
    const project = await bench.makeProject(FILE);
    const files = join(bench.folder, 'files');
    await symlink(files, join(bench.folder, 'link'));
    const within = join(files, project.id, 'deeper');
    for (const location of [null, files, join(bench.folder, 'link'), within]) {
      const found = await preflightOf(bench, project, { mode: 'FILE', location });
      expect(failures(found)).toEqual(['SAME_PLACE']);
      expect(outcomes(found)).toMatchObject({ NAME_CLASH: 'SKIPPED', SPACE: 'SKIPPED', SAMPLE: 'SKIPPED' });
      expect(found.estimate.seconds).toBeNull();
    }
    expect(
      failures(await preflightOf(bench, project, { mode: 'FILE', location: join(bench.folder, 'files', 'other') })),
    ).toEqual([]);
    const inHomes = { mode: 'FILE', location: join(bench.folder, 'projects') } as const;
    expect(failures(await preflightOf(bench, await bench.makeProject(LOCAL), inHomes))).toEqual(['SAME_PLACE']);
  });

  it.runIf(canMount)('where the project is already, or within it, through a mount', async () => {
    const bench = await startBench();
    const project = await bench.makeProject(FILE);
    const [all, own] = [join(bench.folder, 'all'), join(bench.folder, 'own')];
    const unbind = [
      bindFolder(join(bench.folder, 'files'), all),
      bindFolder(join(bench.folder, 'files', project.id), own),
    ];
    try {
      for (const location of [all, own, join(own, 'deeper/still')])
        expect(failures(await preflightOf(bench, project, { mode: 'FILE', location })), location).toEqual([
          'SAME_PLACE',
        ]);
    } finally {
      for (const each of unbind) each();
    }
  });

  it.skipIf(mongoUnavailable)('in the database where the project is already', async () => {
    const bench = await startBench();
    const project = await bench.makeProject(MONGODB);
    const here = { mode: 'MONGODB', location: bench.database } as const;
    expect(failures(await preflightOf(bench, project, here))).toEqual(['SAME_PLACE']);
  });

  it('where such a place is impossible', async () => {
    const bench = await startBench({ mongo: null });
    const project = await bench.makeProject(LOCAL);
    const impossible: Place[] = [
      { mode: 'FILE', location: 'not/absolute' },
      { mode: 'MONGODB', location: 'no/name' },
      { mode: 'LOCAL', location: '/elsewhere' },
      MONGODB,
    ];
    for (const to of impossible) {
      const found = await preflightOf(bench, project, to);
      expect(failures(found)).toEqual(['TARGET']);
      expect(found.checks.at(-1)).toMatchObject({ message: 'Not tried, because an earlier check failed.' });
    }
  });

  it.runIf(canMount)('when space is too low', async () => {
    const bench = await startBench();
    const small = join(bench.folder, 'files', 'small');
    const unmount = mountDisk(small, 16);
    const found = await preflightOf(bench, await bench.makeProject(LOCAL), { mode: 'FILE', location: small }).finally(
      unmount,
    );
    expect(failures(found)).toEqual(['SPACE']);
    expect(messageOf(found, 'SPACE')).toMatch(
      /^1\d MB are free in .*small; the move may need 6\d MB\. Free some space/,
    );
    expect(outcomes(found)).toMatchObject({ SAMPLE: 'SKIPPED' });
  });

  it('where a folder would be in a file', async () => {
    const bench = await startBench();
    const project = await bench.makeProject(LOCAL);
    await mkdir(join(bench.folder, 'files'));
    await writeFile(join(bench.folder, 'files', 'a-file'), '');
    const found = await preflightOf(bench, project, {
      mode: 'FILE',
      location: join(bench.folder, 'files', 'a-file', 'folder'),
    });
    expect(failures(found)).toEqual(['WRITABLE']);
    expect(outcomes(found)).toMatchObject({ SOURCE: 'PASSED', NAME_CLASH: 'SKIPPED', SAMPLE: 'SKIPPED' });
  });

  it('when nothing listens at the target', async () => {
    const uri = `mongodb://127.0.0.1:${await freePort()}/?directConnection=true`;
    const bench = await startBench({ mongo: mongoSettings(uri, 'mooring') });
    const found = await preflightOf(bench, await bench.makeProject(LOCAL), MONGODB);
    expect(failures(found)).toEqual(['CONNECT']);
    expect(outcomes(found)).toMatchObject({ SOURCE: 'PASSED', NAME_CLASH: 'SKIPPED', SAMPLE: 'SKIPPED' });
    expect(found.estimate).toMatchObject({ vectors: 58, seconds: null });
  });

  it.skipIf(mongoUnavailable)('when the target refuses the credentials, without showing the password', async () => {
    const server = await startMongo({ auth: true });
    onTestFinished(() => server.stop());
    for (const credentials of ['//', '//ada:canary-password@']) {
      const uri = server.uri.replace(/\/\/.*@/, credentials);
      const bench = await startBench({ mongo: mongoSettings(uri, 'mooring') });
      const found = await preflightOf(bench, await bench.makeProject(LOCAL), MONGODB);
      expect(failures(found)).toEqual(['AUTHENTICATION']);
      expect(JSON.stringify(found)).not.toContain('canary');
    }
  });

  it('when a store of the project exists at the target, and describes it', async () => {
    const bench = await startBench();
    const project = await bench.makeProject(LOCAL);
    await bench.factory.create(projectAt({ ...project, name: 'The older one' }, FILE));
    const found = await preflightOf(bench, project, FILE);
    expect(failures(found)).toEqual(['NAME_CLASH']);
    expect(messageOf(found, 'NAME_CLASH')).toMatch(/"The older one", under epoch 1.*another location/);
    expect(outcomes(found)).toMatchObject({ SPACE: 'PASSED', SAMPLE: 'SKIPPED' });
  });

  it('when the source is under another epoch, or missing, and still checks the target', async () => {
    const bench = await startBench();
    const project = await bench.makeProject(LOCAL);
    const moved = await preflightOf(bench, { ...project, epoch: 2 }, FILE);
    expect(failures(moved)).toEqual(['SOURCE']);
    expect(outcomes(moved)).toMatchObject({ WRITABLE: 'PASSED', NAME_CLASH: 'PASSED', SAMPLE: 'SKIPPED' });
    await bench.factory.destroy(project);
    const gone = await preflightOf(bench, project, FILE);
    expect(failures(gone)).toEqual(['SOURCE']);
    expect(gone.estimate).toMatchObject({ collections: [], seconds: null });
  });
});

describe('what an unfinished move left at the target', () => {
  it('is a warning, and is left as it is', async () => {
    const bench = await startBench();
    const project = await bench.makeProject(LOCAL);
    await bench.factory.create(projectAt({ ...project, epoch: -3 }, FILE));
    const found = await preflightOf(bench, project, FILE);
    expect(outcomes(found)).toMatchObject({ NAME_CLASH: 'WARNING', SAMPLE: 'PASSED' });
    expect(await bench.factory.find(projectAt(project, FILE))).toMatchObject({ epoch: -3 });
  });
});

describe('the sample', () => {
  /** Opens the sample's store changed, and the project's own as it is. */
  const broken =
    ({ factory }: Bench, project: Project, change: (store: Open['store']) => Open['store']): RepositoryFactory['at'] =>
    async (asked, options) => {
      const open = await factory.at(asked, options);
      return asked.id === project.id ? open : { ...open, store: change(open.store) };
    };
  type Open = Awaited<ReturnType<RepositoryFactory['at']>>;
  const full = new StoreError('STORE_FULL', 'There is no room left.', 'Free some space.');

  it.each(mongoUnavailable ? [LOCAL, FILE] : [LOCAL, FILE, MONGODB])(
    'is removed from $mode when it could not be written, or reads differently',
    async (to) => {
      const bench = await startBench();
      const project = await bench.makeProject(to === LOCAL ? FILE : LOCAL);
      const before = await bench.traces();
      const refusing = broken(bench, project, (store) => ({ ...store, import: () => Promise.reject(full) }));
      const refused = await bench.with({ at: refusing }).run(project, to);
      expect(failures(refused)).toEqual(['SAMPLE']);
      expect(messageOf(refused, 'SAMPLE')).toContain('There is no room left.');
      const losing = broken(bench, project, (store) => ({
        ...store,
        import: (batch, epoch) => store.import({ ...batch, documents: batch.documents.slice(1) }, epoch),
      }));
      const lost = await bench.with({ at: losing }).run(project, to);
      expect(messageOf(lost, 'SAMPLE')).toContain('was read differently');
      expect(lost.estimate.seconds).toBeNull();
      expect(await bench.traces()).toEqual(before);
    },
  );

  it('with a record that the target refuses is a warning: the move decides about it', async () => {
    const bench = await startBench();
    const project = await bench.makeProject(LOCAL);
    const tooLarge = new StoreError('RECORD_TOO_LARGE', 'The record is too large.', 'Split it.');
    const at = broken(bench, project, (store) => ({ ...store, import: () => Promise.reject(tooLarge) }));
    const found = await bench.with({ at }).run(project, FILE);
    expect(failures(found)).toEqual([]);
    expect(outcomes(found)).toMatchObject({ SAMPLE: 'WARNING', EMBEDDING_RATE: 'PASSED' });
    expect(messageOf(found, 'SAMPLE')).toMatch(/too large.*onReject: CONTINUE/);
    expect(found.estimate.seconds).toBeNull();
  });

  it('that a killed process left is removed by the next trial of the same migration', async () => {
    const bench = await startBench();
    const project = await bench.makeProject(LOCAL);
    const before = await bench.traces();
    const trialId = trialIdOf('mig_01k9x0abcdefghjkmn00000000');
    const key = trialId.slice(-8);
    await bench.factory.create(projectAt({ ...project, id: trialId, key, epoch: -1 }, FILE));
    expect(await bench.traces()).not.toEqual(before);
    expect(failures(await bench.preflight.run(project, FILE, trialId))).toEqual([]);
    expect(await bench.traces()).toEqual(before);
  });

  it('leaves a folder that others use meanwhile', async () => {
    const bench = await startBench();
    const project = await bench.makeProject(LOCAL);
    const create: RepositoryFactory['create'] = async (made) => {
      await bench.factory.create(made);
      await mkdir(join(bench.folder, 'files', 'new', 'folder', 'ours'));
    };
    const to = { mode: 'FILE', location: join(bench.folder, 'files', 'new', 'folder') } as const;
    expect(failures(await bench.with({ create }).run(project, to))).toEqual([]);
    expect(existsSync(join(to.location, 'ours'))).toBe(true);
  });
});

describe.skipIf(mongoUnavailable)('a target that embeds with Voyage AI', () => {
  const start = async (model = 'voyage-3-large', apiKey?: string) => {
    const voyage = await startVoyage();
    onTestFinished(() => voyage.stop());
    const settings = { apiKey: apiKey ?? voyage.key, model, baseUrl: voyage.url };
    const bench = await startBench({ voyage: settings });
    // 100 bytes each, of which 58 get vectors.
    const project = await bench.makeProject(LOCAL, { content: (index) => `${index} `.padEnd(100, 'x') });
    return { bench, project, voyage };
  };

  it('is estimated in tokens and dollars, from a sample that is not sent there', async () => {
    const { bench, project, voyage } = await start();
    const found = await preflightOf(bench, project, MONGODB);
    expect(outcomes(found)).toMatchObject({ EMBEDDING: 'PASSED', SAMPLE: 'PASSED', EMBEDDING_RATE: 'PASSED' });
    expect(found.estimate).toMatchObject({ vectors: 58, isSameModel: false, toModel: 'voyage-3-large/1024' });
    expect(found.estimate.tokens).toBe((58 * 100) / 4);
    expect(found.estimate.dollars).toBeCloseTo((58 * 25 * 0.18) / 1_000_000, 12);
    expect(voyage.requests).toHaveLength(1);
    expect(voyage.requests[0]!.texts).toEqual(['Mooring']);
  });

  it('reports that its price is not known', async () => {
    const { bench, project } = await start('voyage-code-4');
    const found = await preflightOf(bench, project, MONGODB);
    expect(outcomes(found)).toMatchObject({ EMBEDDING_RATE: 'WARNING' });
    expect(found.estimate).toMatchObject({ dollars: null, tokens: 58 * 25 });
  });

  it('and refuses the key fails before the first record is written', async () => {
    const { bench, project } = await start('voyage-3-large', 'pa-wrong-canary-key');
    const found = await preflightOf(bench, project, MONGODB);
    expect(failures(found)).toEqual(['EMBEDDING']);
    expect(outcomes(found)).toMatchObject({ NAME_CLASH: 'PASSED', SAMPLE: 'SKIPPED', EMBEDDING_RATE: 'SKIPPED' });
    expect(found.estimate.seconds).toBeNull();
    expect(JSON.stringify(found)).not.toContain('canary');
  });
});
