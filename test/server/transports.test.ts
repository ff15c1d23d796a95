import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { newKeySecret } from '../../src/domain/access/key-format.js';
import { apiKeys, grants, users } from '../../src/storage/account-collections.js';
import { type Accounts, accountsIn, openCatalog, withKey } from '../support/accounts.js';
import { raw } from '../support/machine/raw-http.js';
import { connectHttp } from '../support/mcp/client.js';
import { startApp } from '../support/server.js';
import { makeFolder } from '../support/temporary.js';

/** Nothing is cut off where a close frame has no more room. */
const WHOLE_SENTENCES = /\.$/;

const JSON_TYPE = { 'content-type': 'application/json' };
const NONE = 'mor_none';
let url: string;
let accounts: Accounts;
let ours: string;
let theirs: string;
let theirTask: string;
let owner: string;

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

// One server for all: what a test changes is its own user's.
beforeAll(async () => {
  const atEnd = (close: () => Promise<void>) => void closers.unshift(close);
  const folder = await makeFolder(atEnd);
  const app = await startApp(folder, {}, {}, atEnd);
  url = app.url;
  ours = await app.createProject({ name: 'Harbour' });
  theirs = await app.createProject({ name: 'Canary quay' });
  const task = { projectId: theirs, title: 'Canary task' };
  ({ id: theirTask } = (await app.mutate<{ task: { id: string } }>('createTask', task, 'task { id }')).task);
  accounts = accountsIn(await openCatalog(folder, atEnd));
  ({ secret: owner } = await accounts.createKey(await accounts.createUser('OWNER')));
  // Another process wrote it: this server sees it within a second.
  while ((await status(withKey(owner))) !== 200);
});

const post = (headers: Record<string, string>, query: string, accept = 'application/json') =>
  raw(`${url}/graphql`, {
    method: 'POST',
    headers: { ...JSON_TYPE, accept, ...headers },
    body: JSON.stringify({ query }),
  });
const status = async (headers: Record<string, string>) => (await post(headers, '{ __typename }')).status;

/** A member who may read our project, and a key of theirs. */
async function member() {
  const user = await accounts.createUser('MEMBER');
  const grant = await accounts.grant(user.id, ours, 'READ');
  const made = await accounts.createKey(user);
  return { user, grant, ...made };
}

type Ask = (secret: string, query: string) => Promise<unknown>;

const socket = (secret: string) => {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${secret}` },
  });
  onTestFinished(async () => void (await client.dispose()));
  return client;
};

const eventIn = (text: string) => JSON.parse(/^data: (.+)$/m.exec(text)![1]!);

const BY: Record<string, Ask> = {
  POST: async (secret, query) => JSON.parse((await post(withKey(secret), query)).text),
  GET: async (secret, query) =>
    JSON.parse((await raw(`${url}/graphql?${new URLSearchParams({ query })}`, { headers: withKey(secret) })).text),
  'server-sent events': async (secret, query) =>
    eventIn((await post(withKey(secret), query, 'text/event-stream')).text),
  WebSocket: async (secret, query) => (await socket(secret).iterate({ query }).next()).value,
};

const look = () => `{
  node(id: "${theirTask}") { id }
  project(by: { id: "${theirs}" }) { name }
  projects { totalCount nodes { name } }
  migrations { totalCount }
  ours: project(by: { id: "${ours}" }) { name tasks { totalCount } }
}`;

describe.each(Object.keys(BY))('by %s', (transport) => {
  const ask: Ask = (secret, query) => BY[transport]!(secret, query);

  it('a key shows what its owner may read, and nothing of what they may not', async () => {
    const { secret } = await member();
    expect(await ask(secret, look())).toEqual({
      data: {
        node: null,
        project: null,
        projects: { totalCount: 1, nodes: [{ name: 'Harbour' }] },
        migrations: { totalCount: 0 },
        ours: { name: 'Harbour', tasks: { totalCount: 0 } },
      },
    });
  });
});

const write = (projectId: string) =>
  `mutation { createTask(input: { projectId: "${projectId}", title: "Mine" }) { __typename ... on Error { code message } } }`;

it.each(['POST', 'server-sent events', 'WebSocket'])('by %s, a key writes only where its owner may', async (by) => {
  const { secret } = await member();
  expect(await BY[by]!(secret, write(ours))).toMatchObject({
    data: { createTask: { __typename: 'ForbiddenError', code: 'FORBIDDEN', message: expect.stringContaining(ours) } },
  });
  expect(await BY[by]!(secret, write(theirs))).toMatchObject({
    data: { createTask: { __typename: 'NotFoundError', message: `There is no record ${theirs}.` } },
  });
});

const REFUSED: Record<string, () => Promise<string>> = {
  unknown: async () => newKeySecret(),
  malformed: async () => NONE,
  expired: async () => {
    const { user } = await member();
    return (await accounts.createKey(user, { expiresAt: new Date(Date.now() - 1).toISOString() })).secret;
  },
  revoked: async () => {
    const { user } = await member();
    return (await accounts.createKey(user, { revokedAt: new Date().toISOString() })).secret;
  },
  'of a disabled user': async () => {
    const { user, secret } = await member();
    await accounts.change(users, user, { disabledAt: new Date().toISOString() });
    return secret;
  },
};

it.each(Object.keys(REFUSED))('a key that is %s is refused', async (kind) => {
  const secret = await REFUSED[kind]!();
  expect(await status(withKey(secret))).toBe(401);
  await expect(socket(secret).iterate({ query: '{ __typename }' }).next()).rejects.toMatchObject({
    code: 4401,
    reason: expect.stringMatching(WHOLE_SENTENCES),
  });
});

it('a key that was revoked is refused by every route before anything is read', async () => {
  const headers = withKey(await REFUSED.revoked!());
  expect((await post(headers, '{ __typename }', 'text/event-stream')).status).toBe(401);
  for (const path of ['/graphql', '/mcp', '/hooks/claude-code']) {
    const answer = await raw(`${url}${path}`, {
      method: 'POST',
      headers: { ...JSON_TYPE, ...headers },
      body: 'no JSON',
    });
    const asked = path === '/mcp' ? expect.stringMatching(/^Bearer resource_metadata=/) : 'Bearer';
    expect([path, answer.status, answer.headers['www-authenticate']]).toEqual([path, 401, asked]);
  }
  const opened = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  const [, { statusCode }] = await once(opened, 'unexpected-response');
  expect(statusCode).toBe(401);
  opened.on('error', () => undefined).terminate();
});

it('what was refused is in the audit', async () => {
  const secret = await REFUSED.revoked!();
  expect(await status(withKey(secret))).toBe(401);
  const query = '{ auditLog(filter: { collection: "securityEvents" }) { nodes { summary changes { field after } } } }';
  const seen = () => post(withKey(owner), query).then(({ text }) => text);
  await expect.poll(seen, { timeout: 20_000 }).toContain('revoked key');
  expect(await seen()).not.toContain(secret);
});

const CHANGES = () => `subscription { projectChanges(projectId: "${ours}") { cursor } }`;

interface Stream {
  /** How much has arrived. */
  readonly events: () => number;
  /** The code with which it ends. */
  readonly end: Promise<unknown>;
}

/** Streams of our project's changes. */
const STREAMS: Record<string, (secret: string) => Stream> = {
  'server-sent events': (secret) => {
    let text = '';
    const read = async () => {
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { ...JSON_TYPE, accept: 'text/event-stream', ...withKey(secret) },
        body: JSON.stringify({ query: CHANGES() }),
      });
      for await (const part of answer.body!) text += Buffer.from(part).toString();
      const last = [...text.matchAll(/^data: (.+)$/gm)].at(-1)![1]!;
      return JSON.parse(last).errors[0].extensions.code as string;
    };
    return { end: read(), events: () => [...text.matchAll(/"cursor"/g)].length };
  },
  WebSocket: (secret) => {
    let events = 0;
    const end = new Promise((resolve) => {
      const sink = {
        next: () => {
          events += 1;
        },
        error: (error: unknown) => resolve((error as CloseEvent).code),
        complete: () => resolve('complete'),
      };
      socket(secret).subscribe({ query: CHANGES() }, sink);
    });
    return { end, events: () => events };
  },
};

describe.each([
  ['server-sent events', 'UNAUTHENTICATED'],
  ['WebSocket', 4403],
] as const)('a stream by %s', (by, code) => {
  it.each(['its key is revoked', 'its project is no longer shared'])(
    'ends when, in another process, %s',
    async (why) => {
      const { secret, key, grant } = await member();
      const stream = STREAMS[by]!(secret);
      await expect
        .poll(
          async () => {
            await post(
              withKey(owner),
              `mutation { createTask(input: { projectId: "${ours}", title: "Something" }) { __typename } }`,
            );
            return stream.events();
          },
          { timeout: 20_000 },
        )
        .toBeGreaterThan(0);
      if (why === 'its key is revoked') await accounts.change(apiKeys, key, { revokedAt: new Date().toISOString() });
      else await accounts.change(grants, grant, { deletedAt: new Date().toISOString() });
      expect(await stream.end).toBe(code);
    },
  );
});

/** A request whose body is still to come, once the server knows its sender. */
async function begun(path: string, secret: string, body: string) {
  const sent = request(`${url}${path}`, {
    method: 'POST',
    agent: false,
    headers: { ...JSON_TYPE, ...withKey(secret), expect: '100-continue', 'content-length': Buffer.byteLength(body) },
  });
  const answered = once(sent, 'response');
  answered.catch(() => undefined);
  sent.flushHeaders();
  await once(sent, 'continue');
  return async () => {
    sent.end(body);
    const [answer] = await answered;
    return (answer as IncomingMessage).resume().statusCode;
  };
}

it('a key that was revoked while its request arrived is refused when the rest comes', async () => {
  const { user, secret } = await member();
  const other = await accounts.createKey(user);
  expect([await status(withKey(secret)), await status(withKey(other.secret))]).toEqual([200, 200]);
  const bodies = {
    '/graphql': JSON.stringify({ query: '{ projects { totalCount } }' }),
    '/mcp': JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
    '/hooks/claude-code': JSON.stringify({ hook_event_name: 'SessionStart', session_id: 's', cwd: '/nowhere' }),
  };
  const rests = [];
  for (const [path, body] of Object.entries(bodies)) rests.push(await begun(path, secret, body));
  await accounts.change(users, user, { disabledAt: new Date().toISOString() });
  // Asked with the user's other key: nothing but the rest of the body makes the server look at this one.
  await expect.poll(() => status(withKey(other.secret)), { timeout: 20_000 }).toBe(401);
  expect(await Promise.all(rests.map((rest) => rest()))).toEqual([401, 401, 401]);
});

describe('an agent with a key', () => {
  it('hears nothing more once its key is revoked', async () => {
    const { secret, key } = await member();
    const { client } = await connectHttp(url, {
      headers: { ...withKey(secret), 'mooring-project': ours },
      era: 'modern',
    });
    const listening = await client.listen({ resourceSubscriptions: ['mooring://project'] });
    await accounts.change(apiKeys, key, { revokedAt: new Date().toISOString() });
    await listening.closed;
  });

  it('reads what its owner may read, by tools and resources, and is told of nothing else', async () => {
    const { secret } = await member();
    const headers = { ...withKey(secret), 'mooring-project': ours };
    const agent = await connectHttp(url, { headers, era: 'modern' });
    expect(await agent.text('get_context')).toContain('Harbour');
    expect(await agent.text('get_records', { ids: [theirTask] })).toContain('never there');
    expect(await agent.error('save_memory', { content: 'We moor here.' })).toContain('WRITE access');
    const elsewhere = await connectHttp(url, { headers: { ...withKey(secret), 'mooring-project': theirs } });
    const missing = await connectHttp(url, {
      headers: { ...withKey(secret), 'mooring-project': theirs.replace(/.{3}$/, '000') },
    });
    const told = (await elsewhere.error('get_context')).replaceAll(theirs, '…');
    expect(told).toBe((await missing.error('get_context')).replaceAll(theirs.replace(/.{3}$/, '000'), '…'));
  });

  it('stops listening when its key is revoked', async () => {
    const { secret, key } = await member();
    const headers = { ...withKey(secret), 'mooring-project': ours };
    const { client } = await connectHttp(url, { headers, era: 'modern' });
    const listening = await client.listen({ resourceSubscriptions: ['mooring://project'] });
    await accounts.change(apiKeys, key, { revokedAt: new Date().toISOString() });
    await listening.closed;
  });
});
