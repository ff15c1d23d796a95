import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setupTokenOf } from '../../../src/cli/credentials.js';
import { ownPresence } from '../../../src/config/presence.js';
import { announceServer } from '../../../src/config/server-file.js';
import { isKeyForm } from '../../../src/domain/access/key-format.js';
import { startApp } from '../../support/server.js';
import { runHere } from '../in-process.js';
import { dataFolder, runCli } from '../support.js';

let data: Awaited<ReturnType<typeof dataFolder>>;
beforeEach(async () => {
  data = await dataFolder();
});
afterEach(() => data.remove());

const CREATE = ['admin', 'create', '--email', 'ada@example.com'];
interface Created {
  readonly secret: string;
  readonly user: { readonly id: string; readonly email: string };
}

/** A server that listens elsewhere, as far as it knows: without users it is locked. */
async function startLocked() {
  const app = await startApp(data.path, { HOST: '0.0.0.0' });
  await announceServer(ownPresence(app.url, data.path, 'serve'));
  return app;
}

test('the first administrator is created without a server, on the data directory', async () => {
  const { code, stdout } = await runHere({ data: data.path }, ...CREATE, '--json');
  const { secret, user } = JSON.parse(stdout) as Created;
  expect([code, isKeyForm(secret), user.email]).toEqual([0, true, 'ada@example.com']);
  const { stdout: shown } = await runHere({ data: data.path, env: { MOORING_API_KEY: secret } }, 'whoami');
  expect(shown).toMatch(/^ada <ada@example\.com>\nrole {9}OWNER\nkey .*MANAGE/);
});

test('a locked server lets only its machine’s owner in, who creates the first administrator', async () => {
  const app = await startLocked();
  const elsewhere = await dataFolder();
  const remote = (...args: string[]) => runHere({ data: elsewhere.path }, ...args, '--url', app.url);
  const refused = await remote('projects', 'list');
  expect([refused.code, refused.stderr]).toEqual([10, expect.stringContaining('has no users yet')]);
  const withoutToken = await remote(...CREATE);
  expect([withoutToken.code, withoutToken.stderr]).toEqual([10, expect.stringContaining('--setup-token')]);
  expect((await runHere({ data: data.path }, 'projects', 'list')).code).toBe(0);
  const { stdout } = await runHere({ data: data.path }, ...CREATE);
  expect(stdout).toMatch(
    /^ada@example\.com is the administrator \(usr_\w{26}\)\. From now on, every request needs a key\.\nmor_\w{49}\n$/,
  );
  expect((await remote('projects', 'list')).code).toBe(10);
  await elsewhere.remove();
});

test('from elsewhere, the set-up token creates the first administrator, and nothing else', async () => {
  const app = await startLocked();
  const elsewhere = await dataFolder();
  const remote = (token: string) =>
    runCli({ data: elsewhere.path, input: `${token}\n` }, ...CREATE, '--setup-token', '--json', '--url', app.url);
  expect((await remote('mooring-setup-00000000000000000000000000')).code).not.toBe(0);
  const token = setupTokenOf(data.path)!;
  const { code, stdout } = await remote(token);
  expect([code, isKeyForm((JSON.parse(stdout) as Created).secret)]).toEqual([0, true]);
  expect((await remote(token)).code).not.toBe(0);
  await elsewhere.remove();
});

test('login stores a key that the server accepts, and logout removes it', async () => {
  const app = await startLocked();
  const { stdout } = await runHere({ data: data.path }, ...CREATE, '--json');
  const { secret } = JSON.parse(stdout) as Created;
  const elsewhere = await dataFolder();
  const logIn = (key: string) =>
    runCli({ data: elsewhere.path, input: `${key}\n` }, 'login', '--key-stdin', '--url', app.url);
  const remote = (...args: string[]) => runHere({ data: elsewhere.path }, ...args, '--url', app.url);
  const file = join(elsewhere.path, 'config', 'mooring', 'credentials.json');
  const refused = await logIn(`${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`);
  expect([refused.code, refused.stderr]).toEqual([10, expect.stringContaining('Nothing was stored.')]);
  await expect(stat(file)).rejects.toThrow('ENOENT');
  const { code, stdout: said } = await logIn(secret);
  expect([code, said]).toEqual([
    0,
    expect.stringMatching(/^Stored in .*credentials\.json, for http:.*\nada <ada@example\.com>\n/),
  ]);
  expect(said).not.toContain(secret);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await remote('whoami')).stdout).toMatch(/^ada </);
  expect((await remote('logout')).stdout).toContain('Removed from');
  expect(await readFile(file, 'utf8')).not.toContain('mor_');
  expect((await remote('whoami')).code).toBe(10);
  expect((await remote('logout')).stdout).toContain('No key is stored');
  await elsewhere.remove();
});

test('login needs a server that has users', async () => {
  await startApp(data.path).then(({ url }) => announceServer(ownPresence(url, data.path, 'serve')));
  const { code, stderr } = await runCli({ data: data.path, input: 'mor_whatever\n' }, 'login', '--key-stdin');
  expect([code, stderr]).toEqual([expect.any(Number), expect.stringContaining('Nothing was stored')]);
  expect(code).not.toBe(0);
});
