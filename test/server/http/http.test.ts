import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RawRequest, raw as send } from '../../support/machine/raw-http.js';
import { startToyServer, type ToyServer } from '../../support/toys/server.js';

let toy: ToyServer;
beforeAll(async () => {
  toy = await startToyServer();
});
afterAll(() => toy.server.close());

const raw = (path: string, request?: RawRequest) => send(`${toy.url}${path}`, request);

const json = { 'content-type': 'application/json' };
const hello = JSON.stringify({ query: '{ hello }' });

describe('POST and GET agree', () => {
  const cases: [string, object][] = [
    ['an answer', { query: '{ hello }' }],
    [
      'an answer with variables',
      { query: 'query A($n: String) { hello(name: $n) }', variables: { n: 'ü' }, operationName: 'A' },
    ],
    ['a field error', { query: '{ boat(id: 1) { lost } }' }],
    ['a bubbling null', { query: '{ boat(id: 1) { id sunk } }' }],
    ['a syntax error', { query: '{' }],
    ['an unknown field', { query: '{ nothing }' }],
    ['a wrong variable', { query: 'query($n: Int) { hello(n: $n) }', variables: { n: 'x' } }],
    ['an unknown operation', { query: 'query A { hello }', operationName: 'B' }],
  ];
  for (const accept of ['application/json', 'application/graphql-response+json']) {
    test.each(cases)(`on %s as ${accept}`, async (_name, params) => {
      const headers = { accept, 'x-request-id': 'same' };
      const posted = await raw('/graphql', {
        method: 'POST',
        headers: { ...json, ...headers },
        body: JSON.stringify(params),
      });
      const search = new URLSearchParams(
        Object.entries(params).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      );
      const got = await raw(`/graphql?${search}`, { headers });
      expect(JSON.parse(got.text)).toEqual(JSON.parse(posted.text));
      expect([got.status, got.headers['content-type']]).toEqual([posted.status, posted.headers['content-type']]);
      expect(got.headers['x-request-id']).toBe('same');
    });
  }

  test('and events carry the same', async () => {
    const query = '{ hello boat(id: 1) { lost } }';
    const events = await raw('/graphql', {
      method: 'POST',
      headers: { ...json, accept: 'text/event-stream' },
      body: JSON.stringify({ query }),
    });
    const { body } = await toy.ask({ query });
    expect(events.headers['content-type']).toBe('text/event-stream');
    expect(JSON.parse(/^data: (.+)$/m.exec(events.text)![1]!)).toEqual(body);
  });
});

test('a subscription can be followed by GET, as a page’s EventSource does', async () => {
  const query = encodeURIComponent('subscription { ticks(upTo: 2) { n } }');
  const { status, text } = await raw(`/graphql?query=${query}`, { headers: { accept: 'text/event-stream' } });
  expect(status).toBe(200);
  expect(text.match(/^data: .+$/gm)).toEqual(['data: {"data":{"ticks":{"n":1}}}', 'data: {"data":{"ticks":{"n":2}}}']);
  expect(text).toContain('event: complete');
});

describe('a request is refused', () => {
  test.each([
    ['text', 'text/plain'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['an upload', 'multipart/form-data; boundary=x'],
    ['a bare query', 'application/graphql'],
    ['something that only looks like JSON', 'text/plain; application/json'],
  ])('%s, which any page could send', async (_name, type) => {
    const { status, text } = await raw('/graphql', { method: 'POST', headers: { 'content-type': type }, body: hello });
    expect(status).toBe(415);
    expect(JSON.parse(text).errors[0].extensions).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  test('a mutation by GET', async () => {
    const { status, text } = await raw(
      `/graphql?query=${encodeURIComponent('mutation { build(input: { name: "a" }) { id } }')}`,
    );
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
  });

  test('several operations in one body', async () => {
    const { status, body } = await toy.ask([{ query: '{ hello }' }]);
    expect([status, body.errors![0]!.extensions.code]).toEqual([400, 'BAD_REQUEST']);
  });

  test('a body of more than 16 MB, whether it says so or not', async () => {
    const body = Buffer.alloc(16 * 1024 * 1024 + 1, ' ');
    for (const length of [{ 'content-length': String(body.length) }, { 'transfer-encoding': 'chunked' }]) {
      const { status, text } = await raw('/graphql', { method: 'POST', headers: { ...json, ...length }, body });
      expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    }
  });

  test('a subscription that asks for plain JSON', async () => {
    const { status, body } = await toy.ask(
      { query: 'subscription { ticks(upTo: 1) { n } }' },
      { accept: 'application/json' },
    );
    expect([status, body.errors![0]!.extensions.code]).toEqual([406, 'NOT_ACCEPTABLE']);
  });

  test('an unsupported content type of the answer', async () => {
    const { status, body } = await toy.ask({ query: '{ hello }' }, { accept: 'image/png' });
    expect([status, body.errors![0]!.extensions.code]).toEqual([406, 'NOT_ACCEPTABLE']);
  });
});

describe('errors', () => {
  test('an error of the domain has a reason, a code and a hint', async () => {
    const { body } = await toy.ask({ query: '{ boat(id: 1) { lost } }' });
    expect(body).toEqual({
      data: { boat: { lost: null } },
      errors: [
        {
          message: 'There is no record b404.',
          path: ['boat', 'lost'],
          locations: [{ line: 1, column: 17 }],
          extensions: { code: 'NOT_FOUND', hint: expect.stringContaining('Check the id') },
        },
      ],
    });
  });

  test('a fault is logged under the id of the request, and not shown', async () => {
    const { body, headers } = await toy.ask({ query: '{ boat(id: 1) { leak } }' }, { 'x-request-id': 'the-fault' });
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(JSON.stringify(body)).not.toContain('toys/schema');
    expect(body.errors![0]).toMatchObject({
      message: 'Unexpected error.',
      extensions: { code: 'INTERNAL', hint: expect.stringContaining('the-fault') },
    });
    expect(headers.get('x-request-id')).toBe('the-fault');
    const line = toy.lines.find(({ requestId, level }) => requestId === 'the-fault' && level === 50)!;
    expect(line.err).toMatchObject({
      message: 'secret of the engine room',
      stack: expect.stringContaining('toys/schema'),
    });
  });

  test('bad input is never mistaken for a fault', async () => {
    const bad = [
      { query: '{ boat }' },
      { query: 'query($at: Moment) { hello(at: $at) }', variables: { at: 'noon' } },
      { query: '{ hello(at: "noon") }' },
      { query: 'query($by: By!) { boatBy(by: $by) { id } }', variables: { by: { id: 1, name: 'x' } } },
      { query: 'query($n: Int = 1) { hello(n: $n) }', variables: { n: 1e10 } },
      { query: 'query($f: String = "a") { boat(id: $f) { id } }', variables: { f: null } },
      { query: 'query A { hello } query B { hello }' },
    ];
    for (const request of bad) {
      for (let time = 0; time < 4; time++) {
        const { body } = await toy.ask(request);
        expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(body.errors?.map(() => 'INVALID_INPUT'));
        expect(body.errors![0]!.extensions.hint).not.toBe('');
      }
    }
  });
});

test('the log has the operation, status and duration of a request, and nothing of its content', async () => {
  const query = 'query Named($n: String) { hello(name: $n) secretAlias: hello(name: "literal-secret") }';
  await toy.ask({ query, variables: { n: 'variable-secret' } }, { 'x-request-id': 'logged' });
  const line = toy.lines.find(({ requestId }) => requestId === 'logged');
  expect(line).toMatchObject({ level: 30, operation: 'Named', status: 200, ms: expect.any(Number), msg: 'request' });
  expect(JSON.stringify(toy.lines)).not.toMatch(/variable-secret|literal-secret|secretAlias/);
});

describe('other addresses', () => {
  test('/health and /ready answer in JSON', async () => {
    expect(JSON.parse((await raw('/health')).text)).toEqual({ status: 'ok' });
    expect(JSON.parse((await raw('/ready')).text)).toEqual({ status: 'ready', problems: [] });
  });

  test('/ready says what is wrong', async () => {
    const other = await startToyServer({ isReady: async () => ({ ok: false, problems: ['The disk is full.'] }) });
    const response = await fetch(`${other.url}/ready`);
    expect([response.status, await response.json()]).toEqual([
      503,
      { status: 'not ready', problems: ['The disk is full.'] },
    ]);
    await other.server.close();
  });

  test('/ leads to the API', async () => {
    const { status, headers } = await raw('/');
    expect([status, headers.location]).toEqual([302, '/graphql']);
  });

  test('anything else is not found, in JSON', async () => {
    const { status, text } = await raw('/nothing');
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([404, 'NO_SUCH_PAGE']);
  });

  test('/graphql shows a browser the explorer, which loads nothing from elsewhere', async () => {
    const link = await raw('/graphql?query=%7B__typename%7D', { headers: { accept: 'text/html,*/*' } });
    expect(link.headers['content-type']).toBe('text/html; charset=utf-8');
    const { status, headers, text } = await raw('/graphql', { headers: { accept: 'text/html,*/*' } });
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain('YogaGraphiQL.renderYogaGraphiQL');
    expect(text.match(/<(script|link|img|iframe)[^>]*(src|href)=["']?(https?:)?\/\//g)).toBeNull();
    expect(text.match(/@import\s|url\(["']?https?:/g)).toBeNull();
  });

  test('without the explorer a browser gets an answer like any client', async () => {
    const other = await startToyServer({ settings: { graphiql: false, introspection: false } });
    const page = await fetch(`${other.url}/graphql`, { headers: { accept: 'text/html,*/*' } });
    expect(page.headers.get('content-type')).toContain('application/json');
    const { body } = await other.ask({ query: '{ __schema { types { name } } }' });
    expect(body.errors![0]!.message).toContain('introspection');
    await other.server.close();
  });
});
