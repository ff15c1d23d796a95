import { askServer } from '../test/support/api.js';
import { startMooring, temporaryFolder } from '../test/support/machine/processes.js';
import { aSession } from '../test/support/records.js';
import { at, createProject, fill, newSessionId, settled } from './fixtures.js';
import { load, type Shot } from './load.js';
import { type Bench, interleaved, median, milliseconds, type Row } from './measure.js';

const SESSIONS = 100_000;
const PAGE = 20;
const DEEP = 50_000;

interface Sessions {
  readonly project: { readonly sessions: { readonly pageInfo: { readonly endCursor: string } } };
}

/** Sessions by their last activity against a plain list, and what keeping it adds to saving a memory. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const server = await startMooring(folder.path);
  const { id, key, path } = await createProject(server.url, folder.path);
  const sessions = Array.from({ length: SESSIONS }, (_, index) => {
    // Activity in another order than the beginnings.
    const activeAt = at(index ^ 1);
    const own = { title: `Mend sail ${index}`, userId: `user ${Math.floor(index / 100)}`, agent: 'bench' };
    return aSession({ id: newSessionId(key), key: `chat ${index}`, startedAt: at(index), activeAt, ...own });
  });
  await fill(path, 'sessions', sessions);
  await settled(server.url, id);

  const time = (shot: () => Shot) => async () => median((await load(server.url, 1, 1, shot)).times);
  const query = (args: string, first = PAGE) => `query P($id: ID!, $after: String) { project(by: { id: $id }) {
    sessions(first: ${first}, after: $after, ${args}) { nodes { id key title userId startedAt activeAt } pageInfo { endCursor hasNextPage } } } }`;
  const list = (args: string, after: string | null = null) => time(() => post(query(args), { id, after }));
  const cursorAt = async (args: string, index: number) => {
    let after: string | null = null;
    for (let read = 0; read < index; read += 200) {
      const answer: Sessions = await askServer<Sessions>(server.url, query(args, 200), { id, after });
      after = answer.project.sessions.pageInfo.endCursor;
    }
    return after;
  };
  const byActivity = 'orderBy: { field: LAST_ACTIVE }';
  const plain = list('orderBy: { field: STARTED_AT }');
  await plain();
  const rows: Row[] = [];
  const kinds: readonly [what: string, args: string, after: string | null][] = [
    ['', byActivity, null],
    [`, ${DEEP.toLocaleString('en')} sessions on`, byActivity, await cursorAt(byActivity, DEEP)],
    [' of one user', `${byActivity}, filter: { userId: "user 7" }`, null],
  ];
  for (const [what, args, after] of kinds) {
    const [mine, floor] = await interleaved(5, [list(args, after), plain]);
    const measured = row(`page of sessions by last activity${what}`, mine!, floor!, 'against a plain page');
    // The plain page has no filter, which every list takes time to check.
    rows.push(args.includes('filter') ? { ...measured, goal: null } : measured);
  }

  const save = (sessionId: () => string | null) =>
    time(() =>
      post(
        'mutation S($input: SaveMemoryInput!) { saveMemory(input: $input) { ... on SaveMemoryPayload { memory { id } } ... on Error { errors: code } } }',
        { input: { projectId: id, role: 'USER', content: 'The sail is torn.', sessionId: sessionId() } },
      ),
    );
  let saved = 0;
  const alone = save(() => null);
  await alone();
  for (const [what, ours] of [
    ['to a session', save(() => 'chat 1')],
    ['to two sessions in turn', save(() => `chat ${saved++ % 2}`)],
  ] as const) {
    const [mine, floor] = await interleaved(5, [ours, alone]);
    rows.push({ ...row(`saveMemory ${what}`, mine!, floor!, 'against one without a session'), goal: null });
  }
  await server.stop();
  await folder.remove();
  return rows;
};

const post = (query: string, variables: object): Shot => ({
  method: 'POST',
  path: '/graphql',
  body: JSON.stringify({ query, variables }),
});

function row(work: string, mine: number, floor: number, note: string): Row {
  return {
    work,
    ours: milliseconds(mine),
    floor: milliseconds(floor),
    ratio: mine / floor,
    goal: { atMost: 1.1 },
    note,
  };
}
