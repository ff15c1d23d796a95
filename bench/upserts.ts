import { startMooring, temporaryFolder } from '../test/support/machine/processes.js';
import { benchTask, createProject } from './fixtures.js';
import { load, type Shot } from './load.js';
import { type Bench, interleaved, median, milliseconds, type Row } from './measure.js';

const SECONDS = 1;

/** upsertTask against createTask, without an `externalId`. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const server = await startMooring(folder.path);
  const { id: projectId } = await createProject(server.url, folder.path);
  const { title, description, type, priority } = benchTask();
  const content = { projectId, title, description, type, priority };
  const graphql = (name: 'createTask' | 'upsertTask', input: object): Shot => {
    const kind = `${name[0]!.toUpperCase()}${name.slice(1)}`;
    const query = `mutation M($input: ${kind}Input!) { ${name}(input: $input) { ... on ${kind}Payload { task { id version } } ... on Error { errors: code } } }`;
    return { method: 'POST', path: '/graphql', body: JSON.stringify({ query, variables: { input } }) };
  };
  let calls = 0;
  const create = () => graphql('createTask', content);
  const known = () => graphql('createTask', { ...content, externalId: `own ${++calls}` });
  const insert = () => graphql('upsertTask', { ...content, externalId: `new ${++calls}` });
  /** Of the first thousand that were created, each in turn. */
  const change = () =>
    graphql('upsertTask', { ...content, title: `${++calls}`, externalId: `new ${(calls % 1_000) + 1}` });

  const rows: Row[] = [];
  for (const clients of [1, 50]) {
    const timeOf = (shot: () => Shot) => async () => median((await load(server.url, clients, SECONDS, shot)).times);
    const [floor, created, changed, external] = await interleaved(9, [create, insert, change, known].map(timeOf));
    for (const [what, time, goal] of [
      ['upsertTask that creates', created!, { atMost: 1.2 }],
      ['upsertTask that updates', changed!, { atMost: 1.2 }],
      ['createTask with an externalId', external!, null],
    ] as const) {
      rows.push({
        work: `${what}, ${clients} client${clients > 1 ? 's' : ''}`,
        ours: milliseconds(time),
        floor: milliseconds(floor!),
        ratio: time / floor!,
        goal,
        note: 'against createTask',
      });
    }
  }
  await server.stop();
  await folder.remove();
  return rows;
};
