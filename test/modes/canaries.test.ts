import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.js';
import { loadSettings } from '../../src/config/settings.js';
import { createLogger } from '../../src/server/log.js';
import { startGraph } from '../graphql/support.js';
import { createStandIn } from '../support/storage-control.js';

/** Each a secret, or the part of one that is; whole, so that its last four characters are no hit. */
const CANARIES = {
  password: 'canary-pa%40ss-1f6e',
  voyageApiKey: 'pa-canary-voyage-93c2',
  chromaToken: 'canary-chroma-token-7d41',
};
const SECRETS = [...Object.values(CANARIES), decodeURIComponent(CANARIES.password)];
/** Nothing answers there. */
const uriOf = (password: string) => `mongodb://anna:${password}@127.0.0.1:1/?directConnection=true`;

const SETTINGS = [
  { mongodb: { connectionString: uriOf(CANARIES.password), voyageApiKey: CANARIES.voyageApiKey } },
  { local: { chromaUrl: 'http://127.0.0.1:1', chromaToken: CANARIES.chromaToken } },
];
const CONFIG = 'mode reason hint place settings { name value } secrets { name isSet ending } overriddenBy';
const ERROR = '... on Error { message hint }';
const QUERIES = {
  config: `{ storageConfig { modes { ${CONFIG} } } storageHealth { ok place problems lastError { message } } }`,
  test: `mutation ($settings: StorageSettings!) { answer: testStorageConfig(input: { settings: $settings }) {
    ... on TestStorageConfigPayload { token checks { name outcome message hint } } ${ERROR} } }`,
  save: `mutation ($settings: StorageSettings!, $token: String!) {
    answer: saveStorageConfig(input: { settings: $settings, token: $token }) {
    ... on SaveStorageConfigPayload { config { ${CONFIG} } } ${ERROR} } }`,
  remove: `mutation ($mode: StorageMode!) { answer: removeStorageConfig(input: { mode: $mode }) {
    ... on RemoveStorageConfigPayload { config { ${CONFIG} } } ${ERROR} } }`,
  log: '{ projects { nodes { history { nodes { before after } } } } }',
};

async function filesIn(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  return new Map(await Promise.all(files.map(async (path) => [path, await readFile(path, 'latin1')] as const)));
}

function expectNone(where: string, text: string): void {
  for (const secret of SECRETS)
    expect(text.includes(secret), `${secret} in ${where}: ${text.slice(0, 500)}`).toBe(false);
}

describe('a secret', () => {
  it('that was saved is in no answer and in no file in clear, even when a server repeats it', async () => {
    const control = createStandIn();
    const graph = await startGraph({ storage: { control } });
    const answers: unknown[] = [];
    const ask = async (query: string, variables: Record<string, unknown> = {}) => {
      const answer = await graph.run(query, variables);
      answers.push(answer);
      return answer.data?.answer as { token?: string } | undefined;
    };

    for (const settings of SETTINGS) {
      const message = `it said: ${Object.values(Object.values(settings)[0]!).join(' ')}`;
      control.checks.splice(0, 1, { name: 'CONNECT', outcome: 'WARNING', ms: 1, message, hint: message });
      await ask(QUERIES.save, { settings, token: 'none' });
      const tested = await ask(QUERIES.test, { settings });
      await ask(QUERIES.save, { settings, token: tested!.token! });
      await ask(QUERIES.config);
    }
    expect(control.configured.at(-1)).toMatchObject({ chroma: { token: CANARIES.chromaToken } });
    await ask(QUERIES.test, { settings: { local: { chromaUrl: 'http://elsewhere.example' } } });
    await ask(QUERIES.log);
    for (const [path, text] of await filesIn(graph.folder)) expectNone(path, text);
    await ask(QUERIES.remove, { mode: 'MONGODB' });
    for (const [path, text] of await filesIn(graph.folder)) expectNone(path, text);
    expectNone('the answers', JSON.stringify(answers));
    expect(JSON.stringify(answers)).toContain('…');
  });
});

describe('a server with secrets in its environment', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-canaries-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('reveals none of them in an answer, a log line or a file, whatever fails', async () => {
    const lines: string[] = [];
    const settings = loadSettings({
      PORT: '0',
      MOORING_DATA: folder,
      MOORING_LOG_LEVEL: 'trace',
      MONGODB_URI: uriOf(CANARIES.password),
      VOYAGE_AI_API_KEY: CANARIES.voyageApiKey,
      VOYAGE_BASE_URL: 'http://127.0.0.1:1/v1',
      CHROMA_URL: 'http://127.0.0.1:1',
      CHROMA_TOKEN: CANARIES.chromaToken,
    });
    const app = await createApp(settings, createLogger('trace', { write: (line) => void lines.push(line) }));
    const answers: string[] = [];
    try {
      const { url } = await app.listen();
      const ask = async (query: string, variables: object = {}) => {
        const body = JSON.stringify({ query, variables });
        const headers = { 'content-type': 'application/json' };
        answers.push(await (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).text());
      };
      await ask(QUERIES.config);
      // At once, for most wait until a missing server times out.
      const tried = [...SETTINGS, { mongodb: { database: 'other' } }, { local: { chromaTenant: 'other' } }];
      await Promise.all(
        tried.map(async (settings) => {
          await ask(QUERIES.test, { settings });
          await ask(QUERIES.save, { settings, token: 'none' });
        }),
      );
      await Promise.all(['MONGODB', 'LOCAL', 'FILE'].map((mode) => ask(QUERIES.remove, { mode })));
      const create = `mutation ($mode: StorageMode) { createProject(input: { name: "a", storageMode: $mode }) {
        ... on CreateProjectPayload { project { id tasks { totalCount } } } ${ERROR} } }`;
      await Promise.all([
        ...['MONGODB', 'LOCAL'].map((mode) => ask(create, { mode })),
        ask('{ attachableProjects(mode: MONGODB) { name } }'),
      ]);
      await ask(QUERIES.config);
    } finally {
      await app.close();
    }
    expect(answers.filter((answer) => !answer.startsWith('{'))).toEqual([]);
    expectNone('the answers', answers.join('\n'));
    expectNone('the log', lines.join('\n'));
    expect(lines.length).toBeGreaterThanOrEqual(answers.length);
    for (const [path, text] of await filesIn(folder)) expectNone(path, text);
  });
});
