import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Api } from '../support/api.js';
import { amount } from '../support/extent.js';
import { MODES } from '../support/modes.js';
import { mongoUnavailable } from '../support/mongodb/mongodb.js';
import { mongoEnvironment, settled, startApp } from '../support/server.js';
import { makeDatabase, makeFolder } from '../support/temporary.js';

/** A batch of the embedder has room for one text of this length: each is embedded alone. */
const LENGTH = 1_000;
const MEMORIES = amount({ quick: 30, all: 150 });
const QUESTIONS = amount({ quick: 30, all: 200 });

/** Pieces of this project's own files, each of another file and from another place in it: code and the prose about it. */
async function readTexts(): Promise<readonly string[]> {
  const names = (await readdir('src', { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  const files = await Promise.all(names.map((name) => readFile(join('src', name), 'utf8')));
  const long = files.filter((text) => text.length >= 2 * LENGTH).slice(0, MEMORIES);
  expect(long.length, 'files that are long enough').toBe(MEMORIES);
  return long.map((text, n) => {
    const from = (n * 97) % (text.length - LENGTH);
    return text.slice(from, from + LENGTH);
  });
}

/** Questions of one to five words that occur in the texts. */
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
  const texts = await readTexts();
  const questions = makeQuestions(texts);
  const app = await startApp(await makeFolder(), mongoEnvironment(makeDatabase()));
  const all = await Promise.all(
    MODES.map(async (storageMode) => {
      const projectId = await app.createProject({ storageMode });
      const memories = texts.map((content, n) => ({
        content,
        role: 'USER',
        externalId: `${n}`,
        occurredAt: '2026-01-01T00:00:00.000Z',
      }));
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
