import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Graph, startGraph } from '../support.js';

interface Part {
  readonly text: string;
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

let graph: Graph;
let projectId: string;

beforeAll(async () => {
  graph = await startGraph({ shared: true, now: () => Date.parse('2026-01-31T10:15:30Z') });
});
beforeEach(async () => {
  projectId = (await graph.project()).id;
});

const create = async (more: object = {}) => {
  const input = { projectId, key: 'chat', ...more };
  return (await graph.write<{ session: { id: string } }>('createSession', input, 'session { id }')).session.id;
};
const say = (role: string, content: string, minute = 0, more: object = {}) => {
  const occurredAt = `2026-01-31T09:${String(minute).padStart(2, '0')}:00Z`;
  const input = { projectId, sessionId: 'chat', role, content, occurredAt, ...more };
  return graph.write('saveMemory', input, 'memory { id }');
};

const QUERY =
  'query ($id: ID!, $format: ExportFormat!, $after: String) { session(id: $id) { export(format: $format, after: $after) { text hasNextPage endCursor } } }';

async function parts(id: string, format: string): Promise<readonly Part[]> {
  const found: Part[] = [];
  for (let after: string | null = null; ; ) {
    const { session }: { session: { export: Part } } = await graph.ask(QUERY, { id, format, after });
    found.push(session.export);
    after = session.export.endCursor;
    expect(after !== null).toBe(session.export.hasNextPage);
    if (!session.export.hasNextPage) return found;
  }
}
const whole = async (id: string, format: string) => (await parts(id, format)).map(({ text }) => text).join('');

const FACTS = {
  title: 'Mend the sail',
  userId: 'ann',
  agent: 'claude',
  provider: 'anthropic',
  model: 'opus',
  workspace: '/ship',
};

describe('a conversation as JSON', () => {
  it('has its facts and its messages in their order', async () => {
    const id = await create({ ...FACTS, metadata: { a: 1 }, streamingStatus: 'PENDING', status: 'open' });
    await say('SYSTEM', 'Be "brief"\n', 2, { metadata: { tool: 'x' }, kind: 'DECISION', pinned: true });
    await say('USER', 'Hello 🚢', 1);
    await say('TOOL', '2', 3, { toolName: 'count', toolCallId: 'call_1' });
    const json = JSON.parse(await whole(id, 'JSON')) as { messages: object[] };
    expect(Object.keys(json)).toEqual(
      'id key title created_at updated_at user_id agent model metadata messages workspace streaming_status status provider'.split(
        ' ',
      ),
    );
    expect(json).toMatchObject({
      id,
      key: 'chat',
      title: 'Mend the sail',
      created_at: '2026-01-31T10:15:30.000Z',
      updated_at: '2026-01-31T10:15:30.000Z',
      user_id: 'ann',
      agent: 'claude',
      model: 'opus',
      metadata: { a: 1 },
      workspace: '/ship',
      streaming_status: 'pending',
      status: 'open',
      provider: 'anthropic',
    });
    const id_ = expect.stringMatching(/^mem_/);
    expect(json.messages).toEqual([
      {
        id: id_,
        role: 'user',
        kind: 'message',
        pinned: false,
        content: 'Hello 🚢',
        created_at: '2026-01-31T09:01:00.000Z',
        task_id: null,
        metadata: {},
      },
      {
        id: id_,
        role: 'system',
        kind: 'decision',
        pinned: true,
        content: 'Be "brief"\n',
        created_at: '2026-01-31T09:02:00.000Z',
        task_id: null,
        metadata: { tool: 'x' },
      },
      {
        id: id_,
        role: 'tool',
        kind: 'message',
        pinned: false,
        tool_name: 'count',
        tool_call_id: 'call_1',
        content: '2',
        created_at: '2026-01-31T09:03:00.000Z',
        task_id: null,
        metadata: {},
      },
    ]);
  });

  it('of a deleted session has what was deleted with it, not what another one with its key has', async () => {
    const id = await create();
    await say('USER', 'old words');
    const { session } = await graph.ask<{ session: { version: number } }>(`{ session(id: "${id}") { version } }`);
    await graph.write('deleteSession', { id, version: session.version }, 'session { id }');
    await say('USER', 'new words');
    expect(JSON.parse(await whole(id, 'JSON'))).toMatchObject({ id, messages: [{ content: 'old words' }] });
  });

  it('without messages is complete', async () => {
    expect(JSON.parse(await whole(await create(), 'JSON'))).toMatchObject({ title: null, messages: [] });
  });

  it('of many, or of large messages comes in parts that fit together', async () => {
    const id = await create();
    const memories = Array.from({ length: 250 }, (_, n) => ({
      role: 'USER',
      sessionId: 'chat',
      content: n < 2 ? '"'.repeat(600_000) : `message ${n}`,
      occurredAt: new Date(Date.parse('2026-01-01T00:00:00Z') + n).toISOString(),
    }));
    for (const batch of [memories.slice(0, 1), memories.slice(1, 2), memories.slice(2, 100), memories.slice(100)])
      await graph.write('saveMemories', { projectId, memories: batch }, 'memories { id }');
    const found = await parts(id, 'JSON');
    expect(found.length).toBeGreaterThanOrEqual(3);
    for (const { text } of found) expect(text.length).toBeLessThan(4_000_000);
    const { messages } = JSON.parse(found.map(({ text }) => text).join('')) as { messages: { content: string }[] };
    expect(messages.map(({ content }) => content)).toEqual(memories.map(({ content }) => content));
    const markdown = await whole(id, 'MARKDOWN');
    expect(markdown.match(/^## User, /gm)).toHaveLength(250);
  });
});

describe('a conversation as Markdown', () => {
  it('has a title, a line of facts, and a heading for each message', async () => {
    const id = await create(FACTS);
    await say('USER', 'Which sail?', 0);
    await say('ASSISTANT', 'The main one:\n\n```ts\nconst sail = `main`;\n```\n', 1);
    await say('SYSTEM', 'tool: sewing\n\n# done', 2);
    await say('TOOL', '```\n1 sail\n```', 3, { toolName: 'count', toolCallId: 'call_1' });
    await say('TOOL', 'ok', 4);
    await say('ASSISTANT', 'Sew it.', 5, { kind: 'DECISION', pinned: true });
    await say('USER', 'Well.', 6, { kind: 'NOTE' });
    expect(await whole(id, 'MARKDOWN')).toBe(`# Mend the sail

claude · opus · anthropic · /ship · ann · 2026-01-31 10:15 UTC

## User, 2026-01-31 09:00:00 UTC

Which sail?

## Assistant, 2026-01-31 09:01:00 UTC

The main one:

\`\`\`ts
const sail = \`main\`;
\`\`\`

## System, 2026-01-31 09:02:00 UTC

> tool: sewing
>
> # done

## Tool count (call_1), 2026-01-31 09:03:00 UTC

\`\`\`\`
\`\`\`
1 sail
\`\`\`
\`\`\`\`

## Tool, 2026-01-31 09:04:00 UTC

\`\`\`
ok
\`\`\`

## Assistant, pinned decision, 2026-01-31 09:05:00 UTC

Sew it.

## User, note, 2026-01-31 09:06:00 UTC

Well.
`);
  });

  it('closes a code fence that a message leaves open, and no other', async () => {
    const id = await create();
    await say('USER', 'a\n~~~~js\n```\n~~~\nlet x;', 0);
    await say('ASSISTANT', '```\nx\n```\n`a` ```b```\n', 1);
    await say('USER', 'end', 2);
    const text = await whole(id, 'MARKDOWN');
    expect(text).toContain('let x;\n~~~~\n\n## Assistant');
    expect(text).toContain('`a` ```b```\n\n## User');
    expect(text).toMatch(/^# a ~~~~js/);
  });
});

it('a cursor is valid for its session and format only', async () => {
  const id = await create();
  const memories = Array.from({ length: 201 }, (_, n) => ({ role: 'USER', sessionId: 'chat', content: `${n}` }));
  await graph.write('saveMemories', { projectId, memories }, 'memories { id }');
  const [{ endCursor: after }] = (await parts(id, 'JSON')) as [Part];
  const error = await graph.refused(QUERY, { id, format: 'MARKDOWN', after });
  expect(error.originalError).toMatchObject({ code: 'INVALID_CURSOR' });
});
