import { randomBytes } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { homeOf } from '../../../src/config/home.js';
import { ownPresence } from '../../../src/config/presence.js';
import { listServer } from '../../../src/config/server-list.js';
import { readOwnerToken } from '../../../src/endpoint/owner-token.js';
import { saveStoredKey } from '../../../src/endpoint/stored-keys.js';
import { startEndpoint } from '../endpoint.js';
import { dataFolder, runCli } from '../support.js';

let data: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(async () => {
  data = await dataFolder();
});
afterAll(() => data.remove());

const NO_PROJECTS = { data: { projects: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } } };
let sent: (string | undefined)[];
let answer: unknown;
let url: string;
beforeEach(async () => {
  sent = [];
  answer = NO_PROJECTS;
  url = await startEndpoint(async ({ authorization }) => {
    sent.push(authorization);
    return answer;
  });
});

const list = (env: Readonly<Record<string, string>>, ...args: string[]) =>
  runCli({ data: data.path, env }, 'projects', 'list', ...args);
const credentials = () => join(data.path, 'config', 'mooring', 'credentials.json');

describe('a command sends', () => {
  test('the key of MOORING_API_KEY to the server that is named', async () => {
    const { code, stderr } = await list({ MOORING_API_KEY: 'mor_variable', MOORING_URL: url });
    expect([code, stderr, sent]).toEqual([0, '', ['Bearer mor_variable']]);
    await list({ MOORING_API_KEY: 'mor_variable' }, '--url', url);
    expect(sent).toEqual(['Bearer mor_variable', 'Bearer mor_variable']);
  });

  test('the stored key to its own server, and to no other', async () => {
    saveStoredKey(credentials(), url, 'mor_stored', '');
    await list({ MOORING_URL: url });
    const others: (string | undefined)[] = [];
    const other = await startEndpoint(async ({ authorization }) => {
      others.push(authorization);
      return NO_PROJECTS;
    });
    await list({ MOORING_URL: other });
    expect([sent, others]).toEqual([['Bearer mor_stored'], [undefined]]);
  });

  test('nothing when the file of keys can be read by others, and says how to mend it', async () => {
    saveStoredKey(credentials(), url, 'mor_canary', '');
    await chmod(credentials(), 0o640);
    const { code, stdout, stderr } = await list({ MOORING_URL: url }, '--json');
    await chmod(credentials(), 0o600);
    expect([code, stdout, sent]).toEqual([10, '', []]);
    expect(JSON.parse(stderr)).toMatchObject({
      message: expect.stringContaining('has the permissions 0640'),
      hint: expect.stringContaining('chmod 600'),
    });
    expect(stderr).not.toContain('canary');
  });

  test('a token of the machine’s owner to an announced server, by whatever name it is called', async () => {
    const secret = randomBytes(32);
    const folder = join(data.path, 'of-server');
    await mkdir(folder);
    await writeFile(join(folder, 'secret.key'), secret, { mode: 0o600 });
    const announced = ownPresence(url, folder, 'serve');
    const withdraw = await listServer(homeOf({ MOORING_HOME: join(data.path, 'home') }), announced);
    await list({ MOORING_URL: url.replace('127.0.0.1', 'localhost') });
    await list({ MOORING_URL: url });
    await withdraw();
    await list({ MOORING_URL: url });
    const tokens = sent.map((each) => readOwnerToken(each?.slice('Bearer '.length) ?? '', secret, announced.instance!));
    expect(tokens.map((token) => token !== null)).toEqual([true, true, false]);
    expect(new Set(sent).size).toBe(3);
    expect(sent[2]).toBeUndefined();
  });

  test('no key of the user to a server that the .env of a folder names', async () => {
    const folder = await dataFolder();
    await writeFile(join(folder.path, '.env'), `MOORING_URL=http://mooring.invalid\nXDG_CONFIG_HOME=${folder.path}\n`);
    const own = { MOORING_URL: undefined, MOORING_API_KEY: 'mor_variable' };
    const run = (env: object) => runCli({ data: folder.path, env: { ...own, ...env } }, 'projects', 'list');
    // Said of every key that is sent without TLS.
    expect((await run({})).stderr).not.toContain('the key that is sent');
    expect((await run({ MOORING_URL: 'http://mooring.invalid' })).stderr).toContain('the key that is sent');
    await folder.remove();
  });
});

describe('a refusal', () => {
  const refuse = (code: string) => {
    answer = { errors: [{ message: 'The key was revoked.', extensions: { code, hint: 'Of the API.' } }] };
  };

  test('of a key ends with 10, and says which key it is', async () => {
    refuse('UNAUTHENTICATED');
    const of = async (env: Readonly<Record<string, string>>) => {
      const { code, stderr } = await list({ ...env, MOORING_URL: url });
      expect([code, stderr]).toEqual([10, expect.stringContaining('The key was revoked.\n')]);
      return stderr;
    };
    expect(await of({})).toContain(`mooring login --url ${url}`);
    const ofVariable = await of({ MOORING_API_KEY: 'mor_canary' });
    expect(ofVariable).toContain('the key in MOORING_API_KEY');
    saveStoredKey(credentials(), url, 'mor_canary', '');
    const ofFile = await of({});
    expect(ofFile).toContain(`the key that is stored for ${url}`);
    expect(ofVariable + ofFile).not.toContain('canary');
  });

  test('of what a key may not do ends with 11, as the API says it', async () => {
    refuse('FORBIDDEN');
    const { code, stderr } = await list({ MOORING_URL: url });
    expect([code, stderr]).toEqual([11, 'The key was revoked.\nOf the API.\n']);
  });
});
