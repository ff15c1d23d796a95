import { expect, it, onTestFinished } from 'vitest';
import type { Embedder } from '../../../src/embedding/embedder.js';
import { MODES } from '../../support/modes.js';
import { createWordEmbedder } from '../../support/search/search.js';
import { mongoEnvironment, type RunningApp, startApp } from '../../support/server.js';
import { makeDatabase, makeFolder } from '../../support/temporary.js';
import { until } from '../../support/until.js';

/** However much one project has to embed, another's next memory comes in between. */

const LONG = 60;
const save = (app: RunningApp, projectId: string, contents: readonly string[]) => {
  const memories = contents.map((content) => ({ content, role: 'USER' }));
  return app.mutate('saveMemories', { projectId, memories }, 'memories { id }');
};
const long = Array.from({ length: LONG }, (_, n) => `long ${n} ${'and so on '.repeat(2_000)}`);

it.each(MODES)('%s: one memory is embedded between the parts of many long ones of another project', async (mode) => {
  const words = createWordEmbedder();
  const calls: { readonly texts: readonly string[]; answer(): void }[] = [];
  const embedDocuments: Embedder['embedDocuments'] = (texts) =>
    new Promise((resolve) => {
      calls.push({ texts, answer: () => resolve(words.embedDocuments(texts)) });
    });
  let isCut = false;
  const passages: Embedder['passages'] = (text) => {
    isCut ||= text === 'a lighthouse';
    return words.passages(text);
  };
  const miniLm = { ...words, passages, embedDocuments };
  const app = await startApp(await makeFolder(), mongoEnvironment(makeDatabase()), { miniLm });
  const [busy, other] = [
    await app.createProject({ storageMode: mode }),
    await app.createProject({ storageMode: mode }),
  ];
  onTestFinished(() => {
    for (const { answer } of calls) answer();
  });
  await save(app, busy, long);
  await until(() => calls.length === 2);
  await save(app, other, ['a lighthouse']);
  // What is cut is embedded next.
  await until(() => isCut);
  calls[0]!.answer();
  await until(() => calls.length === 3);
  expect(calls[2]!.texts).toEqual(['a lighthouse']);
});
