import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Graph, startGraph } from '../support.js';

interface Session {
  readonly __typename: string;
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly title: string | null;
  readonly streamingStatus: string | null;
  readonly deletedAt: string | null;
  readonly memoryCount: number;
}
interface Refused {
  readonly __typename: string;
  readonly existingId: string;
  readonly existingIsDeleted: boolean;
  readonly message: string;
}

let graph: Graph;
let projectId: string;

beforeAll(async () => {
  graph = await startGraph({ shared: true });
});
beforeEach(async () => {
  projectId = (await graph.project()).id;
});

const FIELDS =
  'id version key title userId agent provider model workspace status streamingStatus metadata externalId startedAt activeAt deletedAt memoryCount';
const NAMES = { userId: 'ann', agent: 'claude', provider: 'anthropic', model: 'opus', workspace: '/ship' };

const create = async (input: object = {}) =>
  (await graph.write<{ session: Session }>('createSession', { projectId, ...input }, `session { ${FIELDS} }`)).session;
const upsert = (input: object) =>
  graph.write<{ session: Session; created: boolean }>(
    'upsertSession',
    { projectId, ...input },
    `session { ${FIELDS} } created`,
  );
const refused = (name: string, input: object) =>
  graph.mutate<Refused>(
    name,
    { projectId, ...input },
    '__typename } ... on AlreadyExistsError { message existingId existingIsDeleted } ... on InvalidInputError { message',
  );
const say = (sessionId: string, content = 'hello', more: object = {}) =>
  graph.write<{ memory: { id: string; version: number } }>(
    'saveMemory',
    { projectId, role: 'USER', content, sessionId, ...more },
    'memory { id version }',
  );
const get = async (id: string) =>
  (await graph.ask<{ session: Session | null }>(`query ($id: ID!) { session(id: $id) { ${FIELDS} } }`, { id })).session;
const version = async (id: string) => (await get(id))!.version;

describe('createSession', () => {
  it('sets what is given and defaults for the rest', async () => {
    const given = { key: 'watch', title: 'Night watch', ...NAMES, status: 'open', metadata: { a: 1 } };
    const session = await create({ ...given, streamingStatus: 'STREAMING' });
    expect(session).toMatchObject({ ...given, streamingStatus: 'STREAMING', version: 1, memoryCount: 0 });
    const none = { title: null, userId: null, agent: null, provider: null, model: null, workspace: null };
    const bare = await create();
    expect(bare).toMatchObject({ ...none, status: null, streamingStatus: null, metadata: {}, externalId: null });
    expect(bare.key).toMatch(/^chat-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}$/);
    expect((await create()).key).not.toBe(bare.key);
  });

  it('is joined by the memories that name its key', async () => {
    const { id, key } = await create();
    await say(key);
    expect(await get(id)).toMatchObject({ memoryCount: 1 });
  });

  it('refuses the key of a live session, and takes that of a deleted one', async () => {
    const { id } = await create({ key: 'watch' });
    expect(await refused('createSession', { key: 'watch' })).toMatchObject({
      __typename: 'AlreadyExistsError',
      existingId: id,
    });
    await graph.write('deleteSession', { id, version: 1 }, 'session { id }');
    expect((await create({ key: 'watch' })).id).not.toBe(id);
    const restored = await graph.mutate<Refused>(
      'restoreSession',
      { id },
      '__typename } ... on AlreadyExistsError { message',
    );
    expect(restored.message).toContain('A newer session has the same key');
  });

  it('returns the session that has its externalId', async () => {
    const first = await create({ externalId: 'e1', title: 'First' });
    expect(await create({ externalId: 'e1', title: 'Second' })).toMatchObject({ id: first.id, title: 'First' });
  });

  it.each([
    [{ key: ' ' }, 'key is blank'],
    [{ key: 'x'.repeat(501) }, 'key has 501 characters'],
    [{ userId: 'x'.repeat(1_001) }, 'userId has 1001 characters'],
  ])('refuses %j', async (input, message) => {
    expect((await refused('createSession', input)).message).toContain(message);
  });
});

describe('upsertSession', () => {
  it('creates by key, then updates what is given', async () => {
    const first = await upsert({ key: 'watch', ...NAMES });
    expect(first).toMatchObject({ created: true, session: { key: 'watch', ...NAMES } });
    const second = await upsert({ key: 'watch', title: 'Watch', model: null });
    expect(second).toMatchObject({
      created: false,
      session: { ...NAMES, id: first.session.id, title: 'Watch', model: null, version: 2 },
    });
  });

  it('finds by externalId first, whose session keeps its key', async () => {
    const { session } = await upsert({ externalId: 'e1', key: 'watch' });
    expect(await upsert({ externalId: 'e1', title: 'Watch' })).toMatchObject({
      created: false,
      session: { id: session.id, key: 'watch', title: 'Watch' },
    });
    const other = await refused('upsertSession', { externalId: 'e1', key: 'other' });
    expect(other.message).toContain('another key');
    expect(await refused('upsertSession', { externalId: 'e2', key: 'watch' })).toMatchObject({
      __typename: 'AlreadyExistsError',
      existingId: session.id,
    });
    expect((await refused('upsertSession', { title: 'Nameless' })).message).toContain('Neither externalId nor key');
  });

  it('that race create one', async () => {
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, n) => upsert({ key: 'watch', metadata: { [`n${n}`]: n } })),
    );
    expect(all.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(all.map(({ session }) => session.id)).size).toBe(1);
    expect(await version(all[0]!.session.id)).toBe(10);
  });
});

describe('a title', () => {
  const titleAfter = async (...messages: readonly (readonly [role: string, content: string])[]) => {
    const { id, key } = await create();
    for (const [role, content] of messages) await say(key, content, { role });
    return (await get(id))!.title;
  };

  it.each([
    ['Mend the sail', 'Mend the sail'],
    ['  Mend\n\n the\tsail  ', 'Mend the sail'],
    ['x'.repeat(50), 'x'.repeat(50)],
    ['x'.repeat(51), `${'x'.repeat(50)}…`],
    ['🚢'.repeat(60), `${'🚢'.repeat(50)}…`],
    [`${'x'.repeat(49)} yes`, `${'x'.repeat(49)}…`],
    // A family of four is one character to a reader, and 11 code units; a title has at most 200.
    ['👨‍👩‍👧‍👦'.repeat(60), `${'👨‍👩‍👧‍👦'.repeat(18)}…`],
    [`${'x'.repeat(49)}👩‍🚀👩‍🚀`, `${'x'.repeat(49)}👩‍🚀…`],
    ['## a\u202eb\u0007\u001bc\u0085d\u2066', 'abc d'],
  ])('is the beginning of the first user message %j', async (content, title) => {
    expect(await titleAfter(['SYSTEM', 'Be brief.'], ['USER', content], ['USER', 'more'])).toBe(title);
  });

  it.each(['\u200b\u200b', '# ', '\u202e\u0007', '\u3164\u2800', `\u200b${'\u0301'.repeat(300)}`])(
    'is never taken from %j',
    async (invisible) => {
      expect(await titleAfter(['USER', invisible])).toBeNull();
    },
  );

  it('is given by the next message when nothing of the first is visible', async () => {
    expect(await titleAfter(['USER', '\u200b'], ['USER', '\u2060'], ['USER', 'Hello'], ['USER', 'more'])).toBe('Hello');
    const memories = ['\u200b', 'Hi'].map((content) => ({ role: 'USER', sessionId: 'b', content }));
    const fields = 'memories { session { title } }';
    expect(await graph.write('saveMemories', { projectId, memories }, fields)).toMatchObject({
      memories: [{ session: { title: 'Hi' } }, { session: { title: 'Hi' } }],
    });
  });

  it('is taken in the commit that creates the session, from the earliest of a batch', async () => {
    const said = (content: string, day: number) => ({
      role: 'USER',
      content,
      sessionId: 'a',
      occurredAt: `2026-01-0${day}T00:00:00Z`,
    });
    const memories = [said('second', 2), said('first', 1)];
    const fields = 'memories { session { title version } }';
    expect(await graph.write('saveMemories', { projectId, memories }, fields)).toMatchObject({
      memories: [{ session: { title: 'first', version: 1 } }, { session: { title: 'first' } }],
    });
  });

  it('that a client set or cleared is never overwritten', async () => {
    const { id, key } = await create({ title: 'Mine' });
    await say(key, 'first');
    expect((await get(id))!.title).toBe('Mine');
    await upsert({ key, title: null });
    await say(key, 'second');
    expect((await get(id))!.title).toBeNull();
  });
});

describe('streaming', () => {
  it('ends with an answer, and with what undoes anything', async () => {
    const { id, key } = await create({ streamingStatus: 'STREAMING' });
    await say(key, 'question');
    expect((await get(id))!.streamingStatus).toBe('STREAMING');
    await say(key, 'answer', { role: 'ASSISTANT' });
    expect((await get(id))!.streamingStatus).toBeNull();
    const pending = (await upsert({ key, streamingStatus: 'PENDING' })).session;
    await graph.write('deleteSession', { id, version: pending.version }, 'session { id }');
    await graph.write('restoreSession', { id }, 'session { id }');
    expect((await get(id))!.streamingStatus).toBeNull();
    await graph.write(
      'revertRecord',
      { id, version: await version(id), toVersion: pending.version },
      'record { ... on Session { id } }',
    );
    expect((await get(id))!.streamingStatus).toBeNull();
  });
});
