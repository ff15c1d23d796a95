import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { FindProjectDocument, SearchDocument } from '../src/mcp/gql/graphql.js';
import { askServer } from '../test/support/api.js';
import { type Running, startMooring, temporaryFolder } from '../test/support/machine/processes.js';
import { cpuOf, residentMegabytes } from './cpu.js';
import { createProject, settled } from './fixtures.js';
import { type Bench, interleaved, milliseconds, type Row } from './measure.js';

const STARTS = 15;
const ROUNDS = 11;
const CALLS = 20;
const MEMORIES = 200;
const QUERY = 'speed of parsing';

/** What an agent pays for: the start of `mooring mcp`, its memory, and what the protocol adds to a call of the API. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const server = await startMooring(folder.path);
  try {
    const { id } = await createProject(server.url, folder.path);
    await fill(server.url, id);
    return [...(await starts(server, id)), await call(server, id)];
  } finally {
    await server.stop();
    await folder.remove();
  }
};

async function starts(server: Running, projectId: string): Promise<readonly Row[]> {
  const env = { MOORING_URL: server.url };
  const bare = ['dist/bench/peers/mcp-sdk.js'];
  const ours = ['bin/mooring.js', 'mcp', '--project', projectId];
  const resident: number[] = [];
  const [floor, cpu] = await interleaved(STARTS, [
    () => start(bare, env, async ({ pid }) => cpuOf(pid!)),
    () =>
      start(ours, env, async (child) => {
        const used = cpuOf(child.pid!);
        await answerTo(child, { id: 2, method: 'tools/call', params: { name: 'search', arguments: { query: QUERY } } });
        resident.push(residentMegabytes(child.pid!));
        return used;
      }),
  ]);
  const megabytes = Math.max(...resident);
  return [
    {
      work: '`mooring mcp`, start to answered `initialize`, CPU',
      ours: milliseconds(cpu!),
      floor: `${milliseconds(floor!)}, a bare server of the SDK`,
      ratio: cpu! / floor!,
      goal: { atMost: 1.3 },
    },
    {
      work: '`mooring mcp` that forwards, MB resident after a search',
      ours: `${megabytes.toFixed(0)} MB`,
      floor: '90 MB',
      ratio: megabytes / 90,
      goal: { atMost: 1 },
    },
  ];
}

/** Starts a program, has it answer `initialize`, and looks at it. */
async function start<T>(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  look: (child: ChildProcess) => Promise<T>,
): Promise<T> {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
  const clientInfo = { name: 'bench', version: '1' };
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
  await answerTo(child, { id: 1, method: 'initialize', params });
  child.stdin!.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
  const seen = await look(child);
  child.stdin!.end();
  await once(child, 'exit');
  return seen;
}

async function answerTo(child: ChildProcess, message: object): Promise<string> {
  const lines = createInterface(child.stdout!);
  child.stdin!.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const [line] = (await once(lines, 'line')) as [string];
  lines.close();
  return line;
}

async function call(server: Running, projectId: string): Promise<Row> {
  const post = async (path: string, body: object, headers: Readonly<Record<string, string>> = {}) => {
    const accept = 'application/json, text/event-stream';
    const response = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, ...headers },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok || text.includes('"isError":true') || text.includes('"errors"')) throw new Error(text);
  };
  const variables = { projectId, query: QUERY, first: 10, filter: {}, memories: true, tasks: true };
  const byApi = async () => {
    await post('/graphql', { query: FindProjectDocument.toString(), variables: { by: { id: projectId } } });
    await post('/graphql', { query: SearchDocument.toString(), variables });
  };
  const params = { name: 'search', arguments: { query: QUERY } };
  const byMcp = () =>
    post('/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/call', params }, { 'mooring-project': projectId });
  // The SDK is loaded with the first request, and code is compiled with the first hundreds.
  for (let n = 0; n < 10 * CALLS; n += 1) {
    await byApi();
    await byMcp();
  }
  const each = (work: () => Promise<void>) => async () => {
    const before = cpuOf(server.process.pid!);
    for (let n = 0; n < CALLS; n += 1) await work();
    return (cpuOf(server.process.pid!) - before) / CALLS;
  };
  const [api, mcp] = await interleaved(ROUNDS, [each(byApi), each(byMcp)]);
  return {
    work: 'a search by MCP over HTTP, less the GraphQL that it asks, CPU of the server',
    ours: `${(mcp! - api!).toFixed(2)} ms more than ${milliseconds(api!)}`,
    floor: '3 ms',
    ratio: (mcp! - api!) / 3,
    goal: { atMost: 1 },
  };
}

async function fill(url: string, projectId: string): Promise<void> {
  const memories = Array.from({ length: MEMORIES }, (_, n) => ({
    role: 'USER',
    content: `The parser of format ${n} is slow when a line has more than ${n * 10} characters.`,
  }));
  await askServer(url, 'mutation S($input: SaveMemoriesInput!) { saveMemories(input: $input) { __typename } }', {
    input: { projectId, memories },
  });
  await settled(url, projectId);
}
