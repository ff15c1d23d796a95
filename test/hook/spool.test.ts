import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { homeOf } from '../../src/config/home.js';
import { ownPresence } from '../../src/config/presence.js';
import { emptySpool } from '../../src/hook/spool/empty.js';
import { SPOOL_LIMITS, type SpoolEntry } from '../../src/hook/spool/spool.js';
import { type Agent, memoriesOf, SESSION, startAgent, startServerFor } from './support.js';

const prompt = (agent: Agent, text: string, session = SESSION) =>
  agent.event('UserPromptSubmit', {
    prompt: text,
    prompt_id: createHash('sha256').update(text).digest('hex'),
    session_id: session,
  });

/** Something at the address of a server, with an answer of its own. */
async function startStandIn(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('without a server', () => {
  it('events wait, private to their user, and are saved in order by the next that finds one', async () => {
    const agent = await startAgent();
    for (const text of ['one', 'two', 'three']) expect(await agent.hear(prompt(agent, text))).toBe('');
    const names = await agent.spooled();
    expect(names).toHaveLength(3);
    const folder = join(agent.home, 'spool/default');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, names[0]!))).mode & 0o777).toBe(0o600);

    const app = await startServerFor(agent);
    await agent.hear(prompt(agent, 'four'));
    const memories = await memoriesOf(app, agent);
    expect(memories.map(({ content }) => content)).toEqual(['one', 'two', 'three', 'four']);
    // Also in the order in which they were made.
    expect(memories.map(({ id }) => id)).toEqual(memories.map(({ id }) => id).sort());
    expect(await agent.spooled()).toEqual([]);
  });

  it('only what would be captured waits', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    const id = await app.createProject({ path: agent.cwd, capture: 'OFF' });
    await agent.hear(prompt(agent, 'seen while it was off'));
    await app.close();
    await agent.hear(prompt(agent, 'the project is off'));
    await agent.hear({ ...prompt(agent, 'in a folder of it'), cwd: join(agent.cwd, 'src') });
    expect(await agent.spooled()).toEqual([]);
    const again = await startServerFor(agent);
    expect(id).toMatch(/^prj_/);
    await again.createProject({ path: agent.cwd, capture: 'ALL' });
    await agent.hear(prompt(agent, 'seen while it kept all'));
    await again.close();
    const call = { tool_name: 'Bash', tool_use_id: 't', tool_input: {}, tool_response: 'an output' };
    await agent.hear(agent.event('PostToolUse', call), { isSetUp: false });
    expect(await agent.spooled()).toHaveLength(1);

    const stranger = await startAgent();
    await stranger.hear(prompt(stranger, 'not set up'), { isSetUp: false });
    await stranger.hear(stranger.event('PostToolUse', call));
    expect(await stranger.spooled()).toEqual([]);
  });

  it('nothing private and no secret is written to the disk', async () => {
    const agent = await startAgent();
    const token = ['ghp', '_', 'Zb81Kq'.repeat(6)].join('');
    await agent.hear(prompt(agent, `Use ${token} and <private>canary-one\nline</PRIVATE> then <private>canary-two`));
    await agent.hear(agent.event('SessionStart', { source: 'startup', model: `with ${token}` }));
    const text = await agent.spooledText();
    expect(text).toContain('[redacted: github-token]');
    expect(text).not.toContain(token);
    expect(text).not.toContain('canary');
  });

  it('a named server’s events wait for that one alone', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    await agent.hear(prompt(agent, 'for another'), { url: 'http://127.0.0.1:9' });
    await agent.hear(prompt(agent, 'for this one'));
    expect((await memoriesOf(app, agent)).map(({ content }) => content)).toEqual(['for this one']);
    await agent.hear(prompt(agent, 'for this one by name'), { url: app.url });
    expect(await memoriesOf(app, agent)).toHaveLength(2);
    const folders = await readdir(join(agent.home, 'spool'));
    expect(folders).toHaveLength(1);
  });
});

describe('a server that starts', () => {
  it('saves what waits for it, of its own projects', async () => {
    const agent = await startAgent();
    const stranger = await startAgent();
    await agent.hear(prompt(agent, 'of its project'));
    await agent.hear({ ...prompt(agent, 'of another', 'another'), cwd: stranger.cwd });
    const app = await startServerFor(agent);
    await app.createProject({ path: agent.cwd });
    await emptySpool(ownPresence(app.url, app.folder, 'serve'), homeOf({ MOORING_HOME: agent.home }));
    expect((await memoriesOf(app, agent)).map(({ content }) => content)).toEqual(['of its project']);
    expect(await agent.spooled()).toHaveLength(1);
    // No other server runs that could have the project: so a hook makes it.
    await agent.hear(prompt(agent, 'next'));
    expect((await memoriesOf(app, stranger)).map(({ content }) => content)).toEqual(['of another']);
  });
});

describe('an event', () => {
  it('goes behind those of its session that wait, and passes those of others', async () => {
    const agent = await startAgent();
    await agent.hear(prompt(agent, 'waits'));
    const app = await startServerFor(agent);
    // Another process is about to save what waits.
    const lock = join(agent.home, 'spool/default/lock');
    await writeFile(lock, String(process.pid));
    await agent.hear(prompt(agent, 'behind it'));
    await agent.hear(prompt(agent, 'of another', 'another-session'));
    expect((await memoriesOf(app, agent)).map(({ content }) => content)).toEqual(['of another']);
    expect(await agent.spooled()).toHaveLength(2);
    await rm(lock);
    await agent.hear(prompt(agent, 'last'));
    expect((await memoriesOf(app, agent)).map(({ content }) => content)).toEqual([
      ...['waits', 'behind it', 'of another', 'last'],
    ]);
  });

  it('is saved once when the server saved it and its answer was lost', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    let lost = 0;
    // Passes everything on, and drops the answers to what saves.
    const proxy = await startStandIn((incoming, outgoing) => {
      const onward = request(`${app.url}/graphql`, { method: 'POST', headers: incoming.headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (text.includes('SaveMemoryPayload')) {
            lost += 1;
            outgoing.destroy();
          } else outgoing.end(text);
        });
      });
      incoming.pipe(onward);
    });
    await agent.announce(proxy);
    await agent.hear(prompt(agent, 'said once'));
    expect(lost).toBe(1);
    expect(await agent.spooled()).toHaveLength(1);
    await agent.announce(app.url);
    await agent.hear(prompt(agent, 'said next'));
    expect((await memoriesOf(app, agent)).map(({ content }) => content)).toEqual(['said once', 'said next']);
  });

  it.each([
    [
      'answers with an error of its own',
      (_: IncomingMessage, response: ServerResponse) => void response.writeHead(503).end('{}'),
    ],
    ['isn’t Mooring', (_: IncomingMessage, response: ServerResponse) => void response.end('<html>')],
    ['closes the connection', (_: IncomingMessage, response: ServerResponse) => void response.destroy()],
  ])('waits when the server %s', async (_, answer) => {
    const agent = await startAgent();
    await agent.announce(await startStandIn(answer));
    await agent.hear(prompt(agent, 'waits'));
    expect(await agent.spooled()).toHaveLength(1);
  });

  it('waits when a server that hangs may have its project, and makes no second one elsewhere', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    const other = join(agent.home, 'servers/serve-other.json');
    const announce = async (url: string) =>
      writeFile(
        other,
        JSON.stringify({ ...JSON.parse(await readFile(join(agent.home, 'servers/serve-test.json'), 'utf8')), url }),
      );
    await announce(await startStandIn((_, response) => void response.writeHead(503).end('{}')));
    await agent.hear(prompt(agent, 'waits'));
    expect(await agent.spooled()).toHaveLength(1);
    // Nothing is there: an announcement may outlive its server.
    await announce('http://127.0.0.1:9');
    await agent.hear(prompt(agent, 'of another session', 'another'));
    expect((await memoriesOf(app, agent)).map(({ content }) => content)).toContain('of another session');
  });

  it('waits when the server is too slow', async () => {
    const agent = await startAgent();
    await agent.announce(await startStandIn(() => undefined));
    await agent.hear(prompt(agent, 'waits'), { timeout: 200 });
    expect(await agent.spooled()).toHaveLength(1);
  });

  it('that can’t be saved is set aside with the reason, and others aren’t kept waiting', async () => {
    const agent = await startAgent();
    await agent.hear(prompt(agent, 'refused'));
    await agent.hear(prompt(agent, 'accepted'));
    const folder = join(agent.home, 'spool/default');
    const [name] = await agent.spooled();
    const file = join(folder, name!);
    await writeFile(file, (await readFile(file, 'utf8')).replace('"role":"USER"', '"role":"NOBODY"'));
    await writeFile(join(folder, name!.replace(/-\d+\.json$/, '-0.json')), '{ damaged');
    const app = await startServerFor(agent);
    await agent.hear(prompt(agent, 'next'));
    expect((await memoriesOf(app, agent)).map(({ content }) => content)).toEqual(['accepted', 'next']);
    const aside = await readdir(join(folder, 'refused'));
    expect(aside.filter((each) => each.endsWith('.reason'))).toHaveLength(2);
    const reasons = await Promise.all(
      aside.filter((each) => each.endsWith('.reason')).map((each) => readFile(join(folder, 'refused', each), 'utf8')),
    );
    expect(reasons.sort()).toEqual([expect.stringMatching(/^INVALID_INPUT: .*memory\.role/), 'The file is damaged.\n']);
  });
});

describe('a spool', () => {
  it('keeps the order of a session when the clock is set back', async () => {
    const agent = await startAgent();
    const texts = ['one', 'two', 'three'];
    onTestFinished(() => void vi.useRealTimers());
    for (const [index, text] of texts.entries()) {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 5, 7, 8 - (index > 0 ? 1 : 0), index) });
      await agent.hear(prompt(agent, text));
    }
    vi.useRealTimers();
    const folder = join(agent.home, 'spool/default');
    const waiting = await Promise.all((await agent.spooled()).map((name) => readFile(join(folder, name), 'utf8')));
    expect(waiting.map((text) => (JSON.parse(text) as SpoolEntry).kept.memory!.content)).toEqual(texts);
  });

  it('isn’t blocked by an event of another shape, nor by a path that can’t be one', async () => {
    const agent = await startAgent();
    await agent.hear({ ...prompt(agent, 'nowhere', 'a'), cwd: `/${'a'.repeat(300)}` });
    await agent.hear(prompt(agent, 'of no agent', 'b'));
    await agent.hear(prompt(agent, 'accepted', 'c'));
    const folder = join(agent.home, 'spool/default');
    for (const name of await agent.spooled()) {
      const { agent: writer, ...rest } = JSON.parse(await readFile(join(folder, name), 'utf8'));
      const isWhole = rest.kept.memory.content !== 'of no agent';
      await writeFile(join(folder, name), JSON.stringify(isWhole ? { ...rest, agent: writer } : rest));
    }
    // There is no place to set it aside.
    await writeFile(join(folder, 'refused'), '');
    const app = await startServerFor(agent);
    await agent.hear(prompt(agent, 'next', 'd'));
    expect((await memoriesOf(app, agent)).map(({ content }) => content)).toEqual(['accepted', 'next']);
    expect(await agent.spooled()).toEqual([]);
  });

  it('that takes no more keeps nothing from a server', async () => {
    const agent = await startAgent();
    await agent.hear(prompt(agent, 'waits'));
    const folder = join(agent.home, 'spool/default');
    // Nobody can empty it: a folder is in the place of the lock, and it says that it is full.
    await mkdir(join(folder, 'lock'));
    const [name] = await agent.spooled();
    await rename(join(folder, name!), join(folder, name!.replace(/-\d+-(\d+-\d+\.json)$/, '-99999999-$1')));
    const app = await startServerFor(agent);
    await agent.hear(prompt(agent, 'passes it'));
    expect((await memoriesOf(app, agent)).map(({ content }) => content)).toEqual(['passes it']);
  });

  it('that is full keeps what it has, and takes no more', async () => {
    const agent = await startAgent();
    await agent.hear(prompt(agent, 'waits'));
    const [name] = await agent.spooled();
    // Its name says how large it is.
    const large = name!.replace(/-\d+-(\d+-\d+\.json)$/, `-${SPOOL_LIMITS.bytes}-$1`);
    await rename(join(agent.home, 'spool/default', name!), join(agent.home, 'spool/default', large));
    await agent.hear(prompt(agent, 'finds no room'));
    expect(await agent.spooled()).toEqual([large]);
    const app = await startServerFor(agent);
    await agent.hear(prompt(agent, 'next'));
    expect((await memoriesOf(app, agent)).map(({ content }) => content)).toEqual(['waits', 'next']);
  });

  it('that can’t be written costs the event, and nothing else', async () => {
    const agent = await startAgent();
    await writeFile(join(agent.home, 'spool'), 'a file is in its place');
    expect(await agent.hear(prompt(agent, 'lost'))).toBe('');
    const app = await startServerFor(agent);
    await agent.hear(prompt(agent, 'kept'));
    expect((await memoriesOf(app, agent)).map(({ content }) => content)).toEqual(['kept']);
  });

  it('is emptied though a process that emptied it was killed', async () => {
    const agent = await startAgent();
    await agent.hear(prompt(agent, 'waits'));
    const lock = join(agent.home, 'spool/default/lock');
    await writeFile(lock, String(2 ** 30));
    const app = await startServerFor(agent);
    await agent.hear(prompt(agent, 'next'));
    expect(await memoriesOf(app, agent)).toHaveLength(2);
    // One that runs keeps its lock.
    await agent.hear(prompt(agent, 'waits too'), { url: null, home: { ...homeWithout(agent), servers: '/nowhere' } });
    await writeFile(lock, String(process.pid));
    await agent.hear(prompt(agent, 'and this'));
    expect(await memoriesOf(app, agent)).toHaveLength(2);
  });
});

const homeWithout = ({ home }: Agent) => homeOf({ MOORING_HOME: home });
