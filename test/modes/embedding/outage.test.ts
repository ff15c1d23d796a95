import { expect, it, onTestFinished } from 'vitest';
import { EmbeddingError } from '../../../src/domain/errors.js';
import { MODES } from '../../support/modes.js';
import { mongoUnavailable } from '../../support/mongodb/mongodb.js';
import { createWordEmbedder } from '../../support/search/search.js';
import { mongoEnvironment, type RunningApp, settled, startApp } from '../../support/server.js';
import { makeDatabase, makeFolder } from '../../support/temporary.js';
import { until } from '../../support/until.js';
import { startVoyage } from '../../support/voyage/voyage.js';

/** While memories can't be embedded, the health of their mode says why, and no other mode's does. */

interface Health {
  readonly mode: string;
  readonly ok: boolean;
  readonly problems: readonly string[];
}

async function healthOf({ ask }: RunningApp, mode: string): Promise<Health> {
  const { storageHealth } = await ask<{ storageHealth: readonly Health[] }>(
    'query ($mode: StorageMode) { storageHealth(mode: $mode) { mode ok problems } }',
    { mode },
  );
  return storageHealth[0]!;
}

async function expectOutage(app: RunningApp, storageMode: string, words: string, end: () => void): Promise<void> {
  const projectId = await app.createProject({ storageMode });
  expect((await healthOf(app, storageMode)).ok).toBe(true);
  await app.mutate('saveMemories', { projectId, memories: [{ content: 'note', role: 'USER' }] }, 'memories { id }');
  await until(async () => !(await healthOf(app, storageMode)).ok);
  expect((await healthOf(app, storageMode)).problems.filter(isOfMemories)).toEqual([
    expect.stringMatching(new RegExp(`^Memories wait for their vectors: .*${words}`)),
  ]);
  expect(await healthOf(app, storageMode === 'LOCAL' ? 'FILE' : 'LOCAL')).toMatchObject({ ok: true, problems: [] });
  end();
  await settled(app, projectId);
  const { ok, problems } = await healthOf(app, storageMode);
  expect([ok, problems.filter(isOfMemories)]).toEqual([true, []]);
}

/** Other problems exist for a moment: an index of the database that is still being built. */
const isOfMemories = (problem: string): boolean => problem.startsWith('Memories');

class Outage extends EmbeddingError {
  override readonly outage = 'PASSING';
}

it.each(MODES)('%s: a model that can’t be used', async (mode) => {
  const embedder = createWordEmbedder();
  embedder.refuse = () => new Outage('The model can’t be loaded.', 'Put it back.');
  const app = await startApp(await makeFolder(), mongoEnvironment(makeDatabase()), { miniLm: embedder });
  await expectOutage(app, mode, 'The model can’t be loaded', () => {
    embedder.refuse = () => null;
  });
});

it.skipIf(mongoUnavailable)('MONGODB: Voyage AI that fails', async () => {
  const voyage = await startVoyage();
  onTestFinished(() => voyage.stop());
  const app = await startApp(await makeFolder(), {
    ...mongoEnvironment(makeDatabase()),
    VOYAGE_AI_API_KEY: voyage.key,
    VOYAGE_BASE_URL: voyage.url,
  });
  voyage.always({ kind: 'status', status: 503 });
  await expectOutage(app, 'MONGODB', 'Voyage AI has an internal error', () => voyage.always(null));
});
