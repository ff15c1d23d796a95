import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isKeyForm } from '../../../src/domain/access/key-format.js';
import { createApi } from '../../support/api.js';
import { type Running, startMooring } from '../../support/machine/processes.js';
import { runHere } from '../in-process.js';
import { dataFolder, type Ended, runCli } from '../support.js';

interface NewKey {
  readonly secret: string;
  readonly apiKey: { readonly id: string; readonly name: string; readonly level: string };
}

let data: Awaited<ReturnType<typeof dataFolder>>;
let server: Running;
let projectId: string;
let hiddenId: string;
let ada: { readonly secret: string; readonly user: { readonly id: string } };
/** Every key that a test made. */
const secrets: string[] = [];

/** Runs a command as the machine's owner. */
const cli = (...args: string[]): Promise<Ended> => runHere({ data: data.path }, ...args);
/** Runs a command with a key. */
const withKey = (key: string, ...args: string[]): Promise<Ended> =>
  runHere({ data: data.path, env: { MOORING_API_KEY: key } }, ...args);

async function one<T>(...args: string[]): Promise<T> {
  const { code, stderr, lines } = await cli(...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  const [line] = lines<T>();
  return line!;
}

async function makeKey(...args: string[]): Promise<NewKey> {
  const made = await one<NewKey>('keys', 'create', ...args);
  secrets.push(made.secret);
  return made;
}

beforeAll(async () => {
  data = await dataFolder();
  server = await startMooring(data.path);
  const api = createApi(server.url);
  projectId = await api.createProject({ name: 'Harbour', path: data.path });
  hiddenId = await api.createProject({ name: 'Vault' });
  ada = await one('admin', 'create', '--email', 'Ada@Example.com', '--name', 'Ada');
  secrets.push(ada.secret);
  await one('users', 'create', '--email', 'bob@example.com');
});
afterAll(async () => {
  await server.stop();
  await data.remove();
});

describe('the machine’s owner', () => {
  test('goes on without a key once there are users, and nobody else does', async () => {
    expect((await cli('whoami')).stdout).toMatch(/^The owner of the machine\.\n/);
    const stranger = await dataFolder();
    const { code, stderr } = await runHere({ data: stranger.path }, 'projects', 'list', '--url', server.url);
    await stranger.remove();
    expect([code, stderr]).toEqual([10, expect.stringContaining('mooring login --url')]);
  });

  test('gets another administrator created, since there is one', async () => {
    const made = await one<NewKey & { user: { role: { name: string } } }>(
      'admin',
      'create',
      '--email',
      'eve@example.com',
    );
    secrets.push(made.secret);
    expect([isKeyForm(made.secret), made.user.role.name]).toEqual([true, 'ADMIN']);
    expect((await withKey(made.secret, 'whoami')).stdout).toMatch(/^eve <eve@example\.com>\nrole {9}ADMIN\n/);
  });

  test('creates no user under that name who isn’t one, and says how who is one already gets a key', async () => {
    expect((await cli('admin', 'create', '--email', 'mo@example.com', '--role', 'member')).code).toBe(2);
    const { code, stderr } = await cli('admin', 'create', '--email', 'ada@example.com');
    expect([code, stderr]).toEqual([1, expect.stringContaining('`mooring admin reset --key --email ada@example.com`')]);
  });

  test('gives an administrator a new key, and revokes the others', async () => {
    const reset = ['admin', 'reset', '--key', '--email', 'eve@example.com'];
    const first = await one<NewKey>(...reset);
    const second = await one<NewKey>(...reset, '--revoke-others');
    secrets.push(first.secret, second.secret);
    expect((await withKey(first.secret, 'whoami')).code).toBe(10);
    expect((await withKey(second.secret, 'whoami')).code).toBe(0);
  });
});

describe('a link', () => {
  test('is printed for who is invited, and for who has forgotten a password', async () => {
    const { code, stdout } = await cli('users', 'invite', '--email', 'grace@example.com');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(
        /^grace@example\.com was created \(usr_\w{26}\)\. A link for them, until .*:\nhttp:.*\/link\?token=mlk_[\w-]{43}\n$/,
      ),
    ]);
    const { link } = await one<{ link: string }>('admin', 'reset', '--email', 'grace@example.com');
    expect(link).toMatch(/\/link\?token=mlk_[\w-]{43}$/);
    expect(stdout).not.toContain(link);
    expect((await cli('admin', 'reset', '--email', 'grace@example.com', '--revoke-others')).code).toBe(2);
  });
});

describe('a move', () => {
  test('is followed over a connection that needs a credential, too', async () => {
    const move = ['migrate', '--project', hiddenId, '--to', 'file', '--yes', '--json'];
    const { secret } = await makeKey('--name', 'no mover', '--service');
    expect((await withKey(secret, ...move)).code).toBe(11);
    const { code, lines } = await cli(...move);
    expect([code, lines<{ type: string }>().map(({ type }) => type)]).toEqual([
      0,
      expect.arrayContaining(['progress']),
    ]);
  });
});

describe('users', () => {
  test('are listed, disabled, enabled, deleted and restored, by email or id', async () => {
    const key = await makeKey('--name', 'of bob', '--owner', 'bob@example.com');
    expect((await withKey(key.secret, 'whoami')).code).toBe(0);
    expect((await cli('users', 'disable', 'BOB@example.com')).stdout).toMatch(/^bob@example\.com is disabled \(usr_/);
    expect((await withKey(key.secret, 'whoami')).code).toBe(10);
    const { stdout } = await cli('users', 'list');
    expect(stdout).toMatch(/^id +email +name +role +state$/m);
    expect(stdout).toMatch(/^usr_\w+ +bob@example\.com +bob +MEMBER +disabled$/m);
    const { id } = await one<{ id: string }>('users', 'enable', 'bob@example.com');
    expect((await withKey(key.secret, 'whoami')).code).toBe(0);
    expect((await cli('users', 'delete', id)).code).toBe(5);
    expect((await cli('users', 'delete', id, '--yes')).code).toBe(0);
    expect((await cli('users', 'role', 'bob@example.com', 'viewer')).code).toBe(4);
    expect((await cli('users', 'list', '--deleted')).stdout).toContain('bob@example.com');
    expect((await cli('users', 'restore', 'bob@example.com')).code).toBe(0);
    expect((await cli('users', 'role', 'bob@example.com', 'viewer')).stdout).toContain('has the role VIEWER');
    expect((await cli('users', 'role', 'bob@example.com', 'member')).code).toBe(0);
  });

  test('get a role that there is, else are told where the roles are listed', async () => {
    for (const args of [
      ['users', 'create', '--email', 'zoe@example.com', '--role', 'chief'],
      ['users', 'role', 'bob@example.com', 'chief'],
    ]) {
      const { code, stderr } = await cli(...args);
      expect([code, stderr]).toEqual([4, expect.stringMatching(/There is no role chief\.\n.*`mooring roles list`/)]);
    }
  });

  test('keep the last owner', async () => {
    const { code, stderr } = await cli('users', 'disable', 'ada@example.com');
    expect([code, stderr]).toEqual([expect.any(Number), expect.stringMatching(/OWNER/)]);
    expect(code).not.toBe(0);
  });
});

describe('roles', () => {
  test('are created, changed, given and deleted, by name', async () => {
    await one('roles', 'create', 'Auditor', '--permission', 'audit:read', '--everywhere', 'read');
    const changed = await one<object>('roles', 'update', 'auditor', '--permission', 'none', '--everywhere', 'none');
    expect(changed).toMatchObject({ name: 'Auditor', permissions: [], everywhere: null });
    expect((await cli('roles', 'list')).stdout).toMatch(/^rol_\w+ +Auditor +– +–$/m);
    expect((await cli('roles', 'delete', 'Auditor', '--yes')).code).toBe(0);
    expect((await cli('roles', 'delete', 'Auditor', '--yes')).code).toBe(4);
  });
});

describe('grants', () => {
  test('share one project with a user, and no other', async () => {
    const { secret } = await makeKey('--name', 'laptop', '--owner', 'bob@example.com', '--level', 'write');
    const seen = async () => (await withKey(secret, 'projects', 'list', '--json')).stdout;
    expect(await seen()).toBe('');
    await one('grants', 'add', '--to', 'bob@example.com', '--level', 'write');
    expect(await seen()).toContain(projectId);
    expect(await seen()).not.toContain(hiddenId);
    const { stdout } = await cli('grants', 'list', '--project', projectId);
    expect(stdout).toMatch(/^grt_\w+ +bob@example\.com +WRITE +this$/m);
    expect((await withKey(secret, 'grants', 'list', '--project', projectId)).code).toBe(11);
    expect((await withKey(secret, 'tasks', 'list', '--project', hiddenId)).code).toBe(4);
    await one('grants', 'remove', '--to', 'bob@example.com', '--project', projectId);
    expect(await seen()).toBe('');
  });

  test('are for roles and keys, too, and for all projects', async () => {
    const { apiKey } = await makeKey('--name', 'shared with', '--service', '--project', projectId);
    await one('grants', 'add', '--to', apiKey.id, '--project', hiddenId);
    await one('grants', 'add', '--to', 'operator', '--all-projects');
    const { stdout } = await cli('grants', 'list', '--project', hiddenId);
    expect(stdout).toMatch(/ key shared with \(…\w{4}\) +READ +this$/m);
    expect(stdout).toMatch(/ role OPERATOR +READ +all$/m);
    expect((await cli('grants', 'add', '--to', 'operator', '--all-projects', '--project', projectId)).code).toBe(2);
    await one('grants', 'remove', '--to', 'operator', '--all-projects');
  });
});

describe('keys', () => {
  test('are printed once, alone on standard output', async () => {
    const { code, stdout, stderr } = await cli('keys', 'create', '--name', 'plain', '--service', '--expires', '90d');
    secrets.push(stdout.trim());
    expect([code, isKeyForm(stdout.trim())]).toEqual([0, true]);
    expect(stderr).toMatch(
      /^plain \(key_\w+\), a service key, which acts for nobody: READ in all projects; permissions none; until .*\.\nThis is the only time/,
    );
  });

  test('say whose they are when they are made and listed', async () => {
    const { stdout, stderr } = await cli('keys', 'create', '--name', 'phone', '--owner', 'bob@example.com');
    secrets.push(stdout.trim());
    expect(stderr).toMatch(/^phone \(key_\w+\), a key of bob@example\.com: READ in all projects of its owner; /);
    // Made by the owner of the machine, for whom no user stands.
    await makeKey('--name', 'nobody’s');
    const listed = (await cli('keys', 'list')).stdout;
    expect(listed).toMatch(/^id +key +name +owner +level +state +last used +projects$/m);
    expect(listed).toMatch(/^key_\w+ +…\w{4} +phone +bob@example\.com +READ +active /m);
    expect(listed).toMatch(/^key_\w+ +…\w{4} +nobody’s +– +READ +active /m);
  });

  test('have the limits that were asked for', async () => {
    const options = ['--level', 'manage', '--project', projectId, '--permission', 'audit:read'];
    const limits = ['--per-minute', '600', '--address', '127.0.0.0/8', '--address', '::1', '--expires', '2099-01-01'];
    const { secret, apiKey } = await makeKey('--name', 'limited', '--service', ...options, ...limits);
    expect(apiKey).toMatchObject({
      ...{ level: 'MANAGE', projectIds: [projectId], permissions: ['audit:read'], perMinute: 600, isService: true },
      ...{ allowedAddresses: ['127.0.0.0/8', '::1'], expiresAt: '2099-01-01T00:00:00.000Z' },
    });
    expect((await withKey(secret, 'whoami')).stdout).toMatch(
      /^The service key limited\nkey .*\npermissions {2}audit:read\nprojects {5}Harbour\n$/,
    );
    expect((await withKey(secret, 'projects', 'create', '--name', 'More')).code).toBe(11);
    const unknown = await cli('keys', 'create', '--name', 'wrong', '--permission', 'read:audit');
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      expect.stringMatching(/isn't a permission\.\nGive one of .*audit:read/),
    ]);
  });

  test('are rotated, both work for a while, and revoking ends them for good', async () => {
    const old = await makeKey('--name', 'rotated', '--service');
    const next = await one<NewKey>('keys', 'rotate', 'rotated', '--overlap', '1');
    secrets.push(next.secret);
    for (const { secret } of [old, next]) expect((await withKey(secret, 'whoami')).code).toBe(0);
    // Now two have the name.
    expect((await cli('keys', 'revoke', 'rotated', '--yes')).stderr).toContain(`${old.apiKey.id}`);
    const { stdout } = await cli('keys', 'revoke', next.apiKey.id, '--yes');
    expect(stdout).toContain(`Revoked: rotated (…${next.secret.slice(-4)}), ${next.apiKey.id}.`);
    const { code, stderr } = await withKey(next.secret, 'whoami');
    expect([code, stderr]).toEqual([10, expect.stringContaining('was revoked')]);
    expect((await cli('keys', 'list')).stdout).not.toContain(next.apiKey.id);
    expect((await cli('keys', 'list', '--all')).stdout).toMatch(new RegExp(`^${next.apiKey.id} .* revoked `, 'm'));
  });

  test('are named by id or name, never by themselves', async () => {
    const { code, stderr } = await cli('keys', 'revoke', ada.secret, '--yes');
    expect([code, stderr.includes(ada.secret)]).toEqual([2, false]);
    expect((await cli('keys', 'revoke', 'nothing', '--yes')).code).toBe(4);
  });
});

describe('keys of other services', () => {
  test('come from standard input, and are never printed', async () => {
    const save = (...args: string[]) =>
      runCli({ data: data.path, env: { MOORING_API_KEY: ada.secret }, input: 'sk-canary-of-a-service\n' }, ...args);
    expect((await save('secrets', 'keys', 'save', 'openai', '--label', 'mine')).stdout).toBe(
      'Saved for you: the key of openai.\n',
    );
    const { stdout } = await withKey(ada.secret, 'secrets', 'keys', 'list');
    expect(stdout).toMatch(/^openai +…vice +.{24} +yes +mine$/m);
    expect((await withKey(ada.secret, 'secrets', 'keys', 'delete', 'openai', '--yes')).code).toBe(0);
    expect((await withKey(ada.secret, 'secrets', 'keys', 'delete', 'openai', '--yes')).code).toBe(4);
  });
});

describe('the audit', () => {
  test('lists who did what, filtered, and as CSV', async () => {
    const { stdout } = await cli('audit', '--collection', 'users', '--operation', 'create');
    expect(stdout).toMatch(/ local cli +CREATE +users +Created the user bob@example\.com$/m);
    await withKey(ada.secret, 'projects', 'create', '--name', 'Of Ada');
    await cli('projects', 'create', '--name', 'Of nobody');
    const ofAda = (await cli('audit', '--actor', 'ada@example.com', '--after', '1h')).stdout;
    const csv = (await cli('audit', '--csv', '--collection', 'users')).stdout;
    expect(csv.split(/\r?\n/)[0]).toMatch(/^"seq","at","actor"/);
    expect(csv).toContain('Created the user bob@example.com');
    expect(ofAda).toMatch(/ CREATE +projects +Created the project Of Ada$/m);
    expect(ofAda).not.toContain('Of nobody');
    expect((await cli('audit', '--after', 'yesterday')).code).toBe(2);
    const noRecord = await cli('audit', '--record', 'bob');
    expect([noRecord.code, noRecord.stderr]).toEqual([
      2,
      expect.stringMatching(/the whole id of a record, such as usr_/),
    ]);
    expect((await cli('audit', '--project', projectId)).stdout).toContain(
      'shown with --collection projects, or grants.',
    );
    const { secret } = await makeKey('--name', 'curious', '--service');
    expect((await withKey(secret, 'audit')).code).toBe(11);
  });

  test('has no key, and neither has any file of the server', async () => {
    const { stdout } = await cli('audit', '--json', '--limit', '1000');
    expect(secrets.length).toBeGreaterThan(8);
    const files = await readdir(data.path, { recursive: true, withFileTypes: true });
    const texts = files
      .filter((file) => file.isFile())
      .map((file) => readFile(join(file.parentPath, file.name), 'latin1'));
    expect(texts.length).toBeGreaterThan(3);
    const all = [stdout, ...(await Promise.all(texts))].join('\n');
    expect(all).toContain('bob@example.com');
    for (const secret of [...secrets, 'sk-canary']) expect(all.includes(secret)).toBe(false);
  });
});
