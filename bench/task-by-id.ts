import { startMooring, startPeer, temporaryFolder } from '../test/support/machine/processes.js';
import { benchTask, createProject, fill } from './fixtures.js';
import { load } from './load.js';
import { type Bench, interleaved, perSecond } from './measure.js';

const CLIENTS = 50;
const FIELDS = 'id title description status priority version createdAt updatedAt';

/** A task by its id over HTTP, keep-alive: ours, bare node:http, and Yoga with Pothos as they come. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const ours = await startMooring(folder.path, { MOORING_LOG_LEVEL: 'info' });
  const project = await createProject(ours.url, folder.path);
  const documents = Array.from({ length: 1_000 }, (_, index) => benchTask(index, project.key));
  await fill(project.path, 'tasks', documents);
  const floor = await startPeer('floor', project.path);
  const stock = await startPeer('stock', project.path);

  const query = (idType: string) => `query Task($id: ${idType}) { task(id: $id) { ${FIELDS} } }`;
  const body = documents.map(({ id }) => JSON.stringify({ query: query('ID!'), variables: { id } }));
  const post = (client: number, sent: number) =>
    ({ method: 'POST', path: '/graphql', body: body[(client * 37 + sent) % body.length]! }) as const;
  const get = (client: number, sent: number) =>
    ({ method: 'GET', path: `/task/${documents[(client * 37 + sent) % documents.length]!.id}` }) as const;
  const run = (url: string, shot: typeof post | typeof get) => async () => (await load(url, CLIENTS, 3, shot)).rate;
  for (const warm of [run(ours.url, post), run(stock.url, post), run(floor.url, get)]) await warm();
  const [mine, plain, bare] = await interleaved(3, [run(ours.url, post), run(stock.url, post), run(floor.url, get)]);

  for (const server of [ours, floor, stock]) await server.stop();
  await folder.remove();
  return [
    {
      work: `task by id over HTTP, ${CLIENTS} connections, against node:http`,
      ours: perSecond(mine!),
      floor: perSecond(bare!),
      ratio: mine! / bare!,
      goal: { atLeast: 0.6 },
    },
    {
      work: 'the same, against stock Yoga + Pothos',
      ours: perSecond(mine!),
      floor: perSecond(plain!),
      ratio: mine! / plain!,
      goal: { atLeast: 3.5 },
    },
  ];
};
