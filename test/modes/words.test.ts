import { expect, it } from 'vitest';
import type { Api } from '../support/api.js';
import { MODES } from '../support/modes.js';
import { mongoUnavailable } from '../support/mongodb/mongodb.js';
import { WORDED } from '../support/search/worded.js';
import { mongoEnvironment, startApp } from '../support/server.js';
import { makeDatabase, makeFolder } from '../support/temporary.js';

/** A search counts as 2,500 of the 250,000 that a request may cost. */
const SEARCHES_AT_ONCE = 40;
const QUERIES = [...new Set(WORDED.flatMap(({ finds, misses }) => [...finds, ...misses]))];

interface Answer {
  readonly hits: readonly { readonly node: { readonly externalId: string } }[];
}
type Found = ReadonlyMap<string, ReadonlySet<string>>;

/** Which records each query finds, by words alone. Memories are queried by literals, tasks by variables. */
async function search({ ask }: Api, id: string, what: 'memories' | 'tasks'): Promise<Found> {
  const found = new Map<string, ReadonlySet<string>>();
  const hits = '{ hits { node { externalId } } }';
  for (let from = 0; from < QUERIES.length; from += SEARCHES_AT_ONCE) {
    const queries = QUERIES.slice(from, from + SEARCHES_AT_ONCE);
    const asked = queries.map((query, n) =>
      what === 'memories'
        ? `q${n}: searchMemories(query: ${JSON.stringify(query)}, mode: TEXT, first: 100) ${hits}`
        : `q${n}: searchTasks(query: $q${n}, first: 100) ${hits}`,
    );
    const declared = what === 'memories' ? '' : queries.map((_, n) => `, $q${n}: String!`).join('');
    const variables = what === 'memories' ? {} : Object.fromEntries(queries.map((query, n) => [`q${n}`, query]));
    const { project } = await ask<{ project: Readonly<Record<string, Answer>> }>(
      `query ($id: ID!${declared}) { project(by: { id: $id }) { ${asked.join(' ')} } }`,
      { id, ...variables },
    );
    queries.forEach((query, n) => {
      found.set(query, new Set(project[`q${n}`]!.hits.map(({ node }) => node.externalId)));
    });
  }
  return found;
}

/** The queries that don't find what they must, or find what they must not. */
function mistakesOf(found: Found): readonly string[] {
  return WORDED.flatMap(({ of, finds, misses }) => [
    ...finds.filter((query) => !found.get(query)!.has(of)).map((query) => `${of}: ${query}`),
    ...misses.filter((query) => found.get(query)!.has(of)).map((query) => `${of}: not ${query}`),
  ]);
}

it(`words of every script and program find memories and tasks in ${MODES.join(', ')}`, async (context) => {
  if (mongoUnavailable) context.annotate(`Without MONGODB: ${mongoUnavailable}`);
  const app = await startApp(await makeFolder(), mongoEnvironment(makeDatabase()));
  const all = await Promise.all(
    MODES.map(async (storageMode) => {
      const projectId = await app.createProject({ storageMode });
      const memories = WORDED.map(({ of, stored }) => ({ content: stored, role: 'USER', externalId: of }));
      await app.mutate('saveMemories', { projectId, memories }, 'memories { id }');
      // A title is short, and has no control characters: the description is searched alike.
      const tasks = WORDED.map(({ of, stored }) => ({ title: of, description: stored, externalId: of }));
      for (const task of tasks) await app.mutate('createTask', { projectId, ...task }, 'task { id }');
      return { memories: await search(app, projectId, 'memories'), tasks: await search(app, projectId, 'tasks') };
    }),
  );
  for (const { memories, tasks } of all) {
    expect(mistakesOf(memories)).toEqual([]);
    expect(mistakesOf(tasks).filter((mistake) => !mistake.includes(': not '))).toEqual([]);
  }
  for (const other of all.slice(1)) expect(other).toEqual(all[0]);
}, 240_000);

it('a search of 5 MB is read to its 10,000th character', async () => {
  const app = await startApp(await makeFolder());
  const projectId = await app.createProject({});
  await app.mutate(
    'saveMemories',
    { projectId, memories: [{ content: 'a zeppelin', role: 'USER' }] },
    'memories { id }',
  );
  await app.mutate('createTask', { projectId, title: 'A zeppelin' }, 'task { id }');
  const query = `query ($id: ID!, $query: String!) { project(by: { id: $id }) {
    text: searchMemories(query: $query, mode: TEXT) { hits { node { content } } }
    hybrid: searchMemories(query: $query) { hits { node { content } } }
    searchTasks(query: $query) { hits { node { title } } }
    memoryContext(query: $query) { items { text } } } }`;
  const filler = 'hay '.repeat(1_250_000);
  type Count = { readonly hits: readonly unknown[] };
  const ask = async (text: string) => {
    const { project } = await app.ask<{
      project: Readonly<Record<'text' | 'hybrid' | 'searchTasks', Count>> & {
        memoryContext: { items: readonly unknown[] };
      };
    }>(query, { id: projectId, query: text });
    return [project.text.hits.length, project.searchTasks.hits.length];
  };
  expect(await ask(`zeppelin ${filler}`)).toEqual([1, 1]);
  expect(await ask(`${filler} zeppelin`)).toEqual([0, 0]);
  // The 10,000th may be half of a character.
  expect(await ask(`zeppelin ${'🚀'.repeat(100_000)}`)).toEqual([1, 1]);
  expect(await ask(`zeppelin ${'🚀'.repeat(100_000)}`.replace('zeppelin ', 'zeppelin  '))).toEqual([1, 1]);
}, 60_000);
