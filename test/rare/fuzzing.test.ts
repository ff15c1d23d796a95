import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { type Running, startMooring } from '../support/machine/processes.js';
import { schemathesis, schemathesisUnavailable } from '../support/machine/schemathesis.js';
import { readSchema } from '../support/places.js';

/** Another seed makes other requests: `FUZZ_SEED=7 npm run test:all -- test/rare/fuzzing`. */
const SEED = process.env.FUZZ_SEED ?? '20';
/** Requests of each query and of each mutation. All together take one to two minutes. */
const EXAMPLES = '30';
/** Projects in each storage mode, with a record of each kind. */
const OF_EACH_MODE = 3;

/** What `fuzzing.py` writes at the end. */
interface Report {
  /** How often each query and mutation was sent, and how often it was executed. */
  readonly asked: { readonly [field: string]: number };
  readonly carriedOut: { readonly [field: string]: number };
  readonly codes: { readonly [code: string]: number };
}

describe.skipIf(schemathesisUnavailable)('random requests', () => {
  let folder: string;
  let server: Running;
  let api: Api;
  let log = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-fuzzing-'));
    // A key that is tried reaches no real service.
    server = await startMooring(join(folder, 'data'), { VOYAGE_BASE_URL: 'http://127.0.0.1:1/v1' });
    server.process.stdout!.on('data', (part) => {
      log += part;
    });
    api = createApi(server.url);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('get answers that reveal nothing of the server, while another client is served', async () => {
    const ids = await prepare(api);
    let isRunning = true;
    const fuzzer = fuzz(server.url, ids, folder).finally(() => {
      isRunning = false;
    });
    let answers = 0;
    const another = async () => {
      for (; isRunning; answers++) await api.ask('{ serverInfo { version } }');
    };
    const [{ code, said, report }] = await Promise.all([fuzzer, another()]);

    expect(code, said).toBe(0);
    const fields = rootFields();
    expect(Object.keys(report.asked).sort()).toEqual(fields);
    // Much needs a state or a token that chance doesn't hit; but most fields were executed at least once.
    expect(Object.keys(report.carriedOut).length).toBeGreaterThan(fields.length / 2);
    expect(answers).toBeGreaterThan(0);
    expect(log.split('\n').filter((line) => /"level":[56]0/.test(line))).toEqual([]);
  });
});

/** Every query and mutation of the API. */
function rootFields(): readonly string[] {
  const schema = readSchema(readFileSync('schema.graphql', 'utf8'));
  const roots = [schema.getQueryType()!, schema.getMutationType()!];
  return roots.flatMap((root) => Object.keys(root.getFields()).map((name) => `${root.name}.${name}`)).sort();
}

type Ids = { readonly [kind: string]: readonly string[] };

/** Records of each kind in projects of two modes, so that requests with an id are carried out. @returns their ids */
async function prepare(api: Api): Promise<Ids> {
  const ids: Record<string, string[]> = {};
  const keep = (kind: string, id: string) => {
    ids[kind] ??= [];
    ids[kind].push(id);
    return id;
  };
  const make = async (name: string, input: object, noun: string) => {
    const made = await api.mutate<{ [noun: string]: { id: string } }>(name, input, `${noun} { id }`);
    return keep(noun, made[noun]!.id);
  };
  for (let n = 0; n < OF_EACH_MODE * 2; n++) {
    const [storageMode, to] = n % 2 === 0 ? ['LOCAL', 'FILE'] : ['FILE', 'LOCAL'];
    const projectId = await make('createProject', { name: `Project ${n}`, storageMode }, 'project');
    const taskId = await make('createTask', { projectId, title: 'Paint' }, 'task');
    const memory = { projectId, role: 'USER', content: 'It is blue.', sessionId: 'chat', taskId, metadata: { a: 1 } };
    const memoryId = await make('saveMemory', memory, 'memory');
    await make('saveState', { ownerId: taskId, key: 'plan', value: [1] }, 'state');
    await make('startMigration', { projectId, to, dryRun: true }, 'migration');
    const { memory: saved } = await api.ask<{ memory: { session: { id: string } } }>(
      'query M($id: ID!) { memory(id: $id) { session { id } } }',
      { id: memoryId },
    );
    keep('session', saved.session.id);
  }
  return ids;
}

/** Runs Schemathesis with what `fuzzing.py` adds to it, in a folder that it may write into. @returns how it ended */
async function fuzz(url: string, ids: Ids, folder: string): Promise<{ code: number; said: string; report: Report }> {
  const args = [
    ...['run', `${url}/graphql`, '--phases', 'fuzzing', '--checks', 'tells_nothing_and_fails_nowhere'],
    // Only `fuzzing.py` adds mistakes: they get further than a request that doesn't fit the schema.
    ...[
      '--mode',
      'positive',
      '--seed',
      SEED,
      '--max-examples',
      EXAMPLES,
      '--workers',
      '1',
      '--no-shrink',
      '--continue-on-failure',
    ],
    ...['--generation-database', 'none', '--suppress-health-check', 'all', '--no-color'],
  ];
  const report = join(folder, 'report.json');
  const env = {
    ...process.env,
    SCHEMATHESIS_HOOKS: join(import.meta.dirname, 'fuzzing.py'),
    PYTHONDONTWRITEBYTECODE: '1',
    FUZZ_IDS: JSON.stringify(ids),
    FUZZ_SECRETS: JSON.stringify([folder, process.cwd()]),
    FUZZ_REPORT: report,
  };
  const child = execFile(schemathesis(), args, { cwd: folder, env, maxBuffer: 2 ** 28 });
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (part) => {
      said += part;
    });
  }
  const [code] = (await once(child, 'close')) as [number];
  return { code, said, report: JSON.parse(await readFile(report, 'utf8')) as Report };
}
