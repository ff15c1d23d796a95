import { startMooring, temporaryFolder } from '../test/support/machine/processes.js';
import { benchMemory, benchTask, createProject, fill, settled } from './fixtures.js';
import { load, type Shot } from './load.js';
import { type Bench, interleaved, median, milliseconds } from './measure.js';
import { createRandom, text } from './words.js';

const MEMORIES = 10_000;

/** A context of 2,000 tokens against the slowest of its parts alone: the search, the session's latest, the task. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const server = await startMooring(folder.path);
  const { id, key, path } = await createProject(server.url, folder.path);
  const task = benchTask(0, key);
  const random = createRandom(7);
  await fill(path, 'tasks', [task]);
  await fill(
    path,
    'memories',
    Array.from({ length: MEMORIES }, (_, index) =>
      benchMemory(index, key, { sessionId: `s${index % 20}`, content: text(random, 20) }),
    ),
  );
  await settled(server.url, id);

  let asked = 0;
  const post = (query: string, variables: object): Shot => ({
    method: 'POST',
    path: '/graphql',
    body: JSON.stringify({ query, variables: { id, ...variables } }),
  });
  const fresh = () => `parser ${asked++} ${text(random, 3)}`;
  const whole = () =>
    post(
      'query C($id: ID!, $q: String!, $t: ID!) { project(by: { id: $id }) { memoryContext(query: $q, sessionId: "s3", taskId: $t, maxTokens: 2000) { text tokens } } }',
      { q: fresh(), t: task.id },
    );
  const parts = [
    () =>
      post(
        'query S($id: ID!, $q: String!) { project(by: { id: $id }) { searchMemories(query: $q, first: 50) { hits { score node { content } } } } }',
        { q: fresh() },
      ),
    () =>
      post(
        'query L($id: ID!) { project(by: { id: $id }) { memories(first: 50, filter: { sessionId: "s3" }) { nodes { content } } } }',
        {},
      ),
    () => post('query T($id: ID!) { project(by: { id: $id }) { id } node(id: $id) { id } }', {}),
  ];
  const time = (shot: () => Shot) => async () => median((await load(server.url, 1, 1, shot)).times);
  await time(whole)();
  const [ours, ...alone] = await interleaved(5, [whole, ...parts].map(time));
  const slowest = Math.max(...alone);

  await server.stop();
  await folder.remove();
  return [
    {
      work: `memoryContext of 2,000 tokens at ${MEMORIES.toLocaleString('en')}`,
      ours: milliseconds(ours!),
      floor: milliseconds(slowest),
      ratio: ours! / slowest,
      goal: { atMost: 1.3 },
    },
  ];
};
