import { once } from 'node:events';
import { type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RawRequest, raw as send } from '../../support/machine/raw-http.js';
import { type Answer, startToyServer, type ToyServer } from '../../support/toys/server.js';

let toy: ToyServer;
beforeEach(async () => {
  toy = await startToyServer();
});
afterEach(() => toy.server.close());

const raw = (path: string, request?: RawRequest) => send(`${toy.url}${path}`, request);
const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
  raw('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
const errorOf = (text: string) => (JSON.parse(text) as Answer['body']).errors![0]!;
const hello = JSON.stringify({ query: '{ hello }' });
/** Lines of the log that say that something is wrong with the server. */
const alarms = () => toy.lines.filter(({ level }) => Number(level) > 30);

describe('a request by GET', () => {
  test.each([
    ['variables that are not JSON', 'query={hello}&variables={', '`variables` is not JSON.'],
    ['variables that are no object', 'query={hello}&variables=[1]', '`variables` is not an object.'],
    ['extensions that are not JSON', 'query={hello}&extensions=%7B"a"', '`extensions` is not JSON.'],
    ['extensions that are no object', 'query={hello}&extensions=7', '`extensions` is not an object.'],
    ['no query', 'variables={}', 'The request has no `query`.'],
    ['an empty query', 'query=', 'The request has no `query`.'],
  ])('with %s is refused with the reason', async (_what, search, message) => {
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const { status, headers, text } = await raw(`/graphql?${search}`, { headers: { accept } });
      expect([status, headers['content-type']]).toEqual([400, `${accept}; charset=utf-8`]);
      expect(errorOf(text)).toMatchObject({
        message,
        extensions: { code: 'BAD_REQUEST', hint: expect.stringContaining('URL-encoded') },
      });
    }
    expect(alarms()).toEqual([]);
  });

  test('passes its variables as one by POST does', async () => {
    const variables = encodeURIComponent(JSON.stringify({ n: 'x' }));
    const { text } = await raw(`/graphql?query=query($n:String){hello(name:$n)}&variables=${variables}`);
    expect(JSON.parse(text)).toEqual({ data: { hello: 'hello {"name":"x"}' } });
  });
});

describe('a persisted query', () => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: 'ecf4edb46db40b5132295c0291d62fb6' } };
  const search = `extensions=${encodeURIComponent(JSON.stringify(extensions))}`;

  // Apollo's link checks the code or the message, urql's the message; both read the body of these two answers.
  test.each([
    ['application/json', 200],
    ['application/graphql-response+json', 400],
  ])('that is only a hash is not known, so that clients send the query (%s)', async (accept, expected) => {
    const asked = [
      await post(JSON.stringify({ operationName: 'A', variables: {}, extensions }), { accept }),
      await post(JSON.stringify({ query: null, extensions }), { accept }),
      await raw(`/graphql?operationName=A&variables={}&${search}`, { headers: { accept } }),
      await raw(`/graphql?query=&${search}`, { headers: { accept } }),
    ];
    for (const { status, headers, text } of asked) {
      expect([status, headers['content-type']]).toEqual([expected, `${accept}; charset=utf-8`]);
      expect(JSON.parse(text)).toEqual({
        errors: [
          {
            message: 'PersistedQueryNotSupported',
            extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED', hint: expect.stringContaining('Send the text') },
          },
        ],
      });
    }
  });

  test('that comes with its text is run', async () => {
    expect(JSON.parse((await post(JSON.stringify({ query: '{ hello }', extensions }))).text)).toHaveProperty(
      'data.hello',
    );
    expect(JSON.parse((await raw(`/graphql?query={hello}&${search}`)).text)).toHaveProperty('data.hello');
  });
});

describe('methods', () => {
  test.each(['/graphql', '/', '/health', '/ready'])(
    'that %s doesn’t have are refused with those that it has',
    async (path) => {
      const methods = path === '/graphql' ? ['PUT', 'DELETE', 'PATCH'] : ['POST', 'PUT', 'DELETE', 'PATCH'];
      const allowed = path === '/graphql' ? 'GET, HEAD, POST, OPTIONS' : 'GET, HEAD, OPTIONS';
      for (const method of methods) {
        const { status, headers, text } = await raw(path, { method });
        expect([status, headers.allow, errorOf(text).extensions.code]).toEqual([405, allowed, 'METHOD_NOT_ALLOWED']);
      }
      const { status, headers } = await raw(path, { method: 'OPTIONS' });
      expect([status, headers.allow]).toEqual([204, allowed]);
    },
  );

  test('a mutation by GET or HEAD is refused, and POST is named', async () => {
    const search = `query=${encodeURIComponent('mutation { build(input: { name: "a" }) { id } }')}`;
    for (const method of ['GET', 'HEAD']) {
      const { status, headers } = await raw(`/graphql?${search}`, { method });
      expect([status, headers.allow]).toEqual([405, 'POST']);
    }
  });

  test.each(['/', '/health', '/ready', '/graphql?query={hello}', '/nothing'])(
    'HEAD of %s answers as GET, without the body',
    async (path) => {
      const [got, head] = [await raw(path), await raw(path, { method: 'HEAD' })];
      expect([head.status, head.text]).toEqual([got.status, '']);
      const same = ['content-type', 'content-length', 'location'];
      expect(same.map((name) => head.headers[name])).toEqual(same.map((name) => got.headers[name]));
    },
  );

  test('HEAD begins no stream of events', async () => {
    const path = `/graphql?query=${encodeURIComponent('subscription { ticks { n } }')}`;
    const { status } = await raw(path, { method: 'HEAD', headers: { accept: 'text/event-stream' } });
    expect([status, toy.toys.followers]).toEqual([406, 0]);
  });
});

describe('a target that names its host', () => {
  /** Sends a request as to a proxy: `GET http://host/path`. */
  async function ask(target: string, headers: OutgoingHttpHeaders = {}): Promise<[number | undefined, string]> {
    const { hostname, port } = new URL(toy.url);
    const sent = request({ hostname, port, path: target, headers, agent: false }).end();
    const [response] = await once(sent, 'response');
    let text = '';
    for await (const part of response) text += part;
    return [response.statusCode, text];
  }

  test('is answered as one that doesn’t', async () => {
    const { host } = new URL(toy.url);
    for (const prefix of [`http://${host}`, `HTTP://${host}`, `https://${host}`]) {
      expect(await ask(`${prefix}/graphql?query={hello}`)).toEqual([200, expect.stringContaining('hello')]);
      expect(await ask(`${prefix}/health`)).toEqual([200, '{"status":"ok"}']);
    }
    expect((await ask(`http://${host}`))[0]).toBe(302);
  });

  test.each([
    'http://evil.example',
    'http://evil.example:80',
    'http://localhost@evil.example',
    'http://localhost.evil.example',
    'http://',
  ])('counts: %s is not this server, whatever the header Host says', async (prefix) => {
    const [status, text] = await ask(`${prefix}/graphql?query={hello}`);
    expect([status, errorOf(text).extensions.code]).toEqual([403, 'FORBIDDEN']);
  });

  test('doesn’t count alone: the header Host is checked as well', async () => {
    const { host } = new URL(toy.url);
    expect((await ask(`http://${host}/graphql?query={hello}`, { host: 'evil.example' }))[0]).toBe(403);
  });

  test('of a WebSocket counts as well', async () => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
    const [status] = await ask('http://evil.example/graphql', {
      ...upgrade,
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    });
    expect(status).toBe(403);
  });
});

describe('a body', () => {
  test.each(['gzip', 'br', 'deflate', 'zstd', 'identity, gzip', 'GZIP'])(
    'that is compressed by %s is refused',
    async (encoding) => {
      const { status, headers, text } = await post(hello, { 'content-encoding': encoding });
      expect([status, headers['accept-encoding']]).toEqual([415, 'identity']);
      expect(errorOf(text).extensions).toEqual({
        code: 'UNSUPPORTED_MEDIA_TYPE',
        hint: expect.stringContaining('without `Content-Encoding`'),
      });
    },
  );

  test('that declares no compression is accepted', async () => {
    expect((await post(hello, { 'content-encoding': 'identity' })).status).toBe(200);
  });

  test.each([
    ['utf-16', 415],
    ['iso-8859-1', 415],
    ['"utf-7"', 415],
    ['utf-8', 200],
    ['UTF-8', 200],
    ['"utf-8"', 200],
  ])('in %s: %i', async (charset, expected) => {
    const { status, text } = await post(hello, { 'content-type': `application/json; charset=${charset}` });
    expect(status).toBe(expected);
    if (status === 415) expect(errorOf(text).extensions.hint).toContain('UTF-8');
  });

  test('that isn’t UTF-8 is not read as something else', async () => {
    const body = Buffer.concat([
      Buffer.from('{"query":"{ hello(name: \\"'),
      Buffer.from([0xe9]),
      Buffer.from('\\") }"}'),
    ]);
    const { status, text } = await post(body);
    expect([status, errorOf(text)]).toEqual([400, expect.objectContaining({ message: 'The body is not UTF-8.' })]);
  });
});

describe('an unsupported feature is refused with a hint at what is supported', () => {
  test.each([
    ['several operations in one body', () => post(`[${hello}]`), 400, 'a request for each'],
    [
      'an upload',
      () => post('--x--', { 'content-type': 'multipart/form-data; boundary=x' }),
      415,
      'File uploads are not supported',
    ],
    ['@defer', () => post(JSON.stringify({ query: '{ ... @defer { hello } }' })), 200, 'Answers come whole'],
    ['@stream', () => post(JSON.stringify({ query: '{ boats @stream { id } }' })), 200, 'Answers come whole'],
    ['an answer in parts', () => post(hello, { accept: 'multipart/mixed' }), 406, 'application/json'],
    ['a single connection for events', () => raw('/graphql', { method: 'PUT' }), 405, 'singleConnection: false'],
  ])('%s', async (_what, ask, expected, hint) => {
    const { status, text } = await ask();
    expect([status, errorOf(text).extensions.hint]).toEqual([expected, expect.stringContaining(hint)]);
  });
});

describe('a query with very many errors', () => {
  test('is reported as too complex after the first hundred', async () => {
    const query = `{ ${Array.from({ length: 101 }, (_, n) => `nothing${n}`).join(' ')} }`;
    const { errors } = (await toy.ask({ query })).body;
    expect(errors).toHaveLength(101);
    expect(errors!.slice(0, 100).every(({ extensions }) => extensions.code === 'INVALID_INPUT')).toBe(true);
    expect(errors!.at(-1)!.extensions).toEqual({
      code: 'QUERY_TOO_COMPLEX',
      hint: expect.stringContaining('Fix the reported ones'),
    });
  });

  test('in its variables is treated alike, whether it is interpreted or compiled', async () => {
    const query = `query(${Array.from({ length: 101 }, (_, n) => `$n${n}: Int`).join(' ')}) { hello }`;
    const variables = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`n${n}`, 'x']));
    for (let time = 0; time < 4; time++) {
      const { errors } = (await toy.ask({ query, variables })).body;
      expect(errors).toHaveLength(101);
      expect(errors!.at(-1)!.extensions.code).toBe('QUERY_TOO_COMPLEX');
    }
  });
});

describe('suggestions', () => {
  const mistakes = [
    { query: '{ helo }' },
    { query: '{ hello(nam: "x") }' },
    { query: '{ floating { ... on Boatt { id } } }' },
    { query: 'mutation { build(input: { nam: "x", name: "a" }) { id } }' },
    { query: 'mutation { build(input: { name: "a", color: REDD }) { id } }' },
    { query: 'mutation($i: BuildInput!) { build(input: $i) { id } }', variables: { i: { nam: 'x', name: 'a' } } },
    { query: 'mutation($i: BuildInput!) { build(input: $i) { id } }', variables: { i: { name: 'a', color: 'REDD' } } },
  ];

  test('are made where introspection is allowed', async () => {
    for (const mistake of mistakes) {
      const { body } = await toy.ask(mistake);
      expect(body.errors![0]!.message).toMatch(/Did you mean|It is one of/);
    }
  });

  test('reveal nothing of the schema where it isn’t', async () => {
    const closed = await startToyServer({ settings: { introspection: false } });
    for (const mistake of mistakes) {
      // Interpreted at first, and compiled after a few requests.
      for (let time = 0; time < 4; time++) {
        const { body } = await closed.ask(mistake);
        expect(body.errors![0]!.extensions.code).toBe('INVALID_INPUT');
        expect(JSON.stringify(body)).not.toMatch(/Did you mean|It is one of/);
      }
    }
    await closed.server.close();
  });
});

describe('headers', () => {
  test.each(['/', '/health', '/ready', '/nothing', '/graphql?query={hello}', '/graphql?query={', '/graphql'])(
    'of %s keep browsers from guessing, and everybody from keeping it',
    async (path) => {
      const { headers } = await raw(path);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
      const refused = await raw(path, { headers: { host: 'evil.example' } });
      expect(refused.status).toBe(403);
      expect(refused.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    },
  );

  test('of the explorer let it run its own script, and reach its own server', async () => {
    const { headers } = await raw('/graphql', { headers: { accept: 'text/html' } });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-request-id': expect.any(String),
    });
    const policy = new Map(
      headers['content-security-policy']!.split('; ').map((part) => part.split(/ (.*)/) as [string, string]),
    );
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('script-src')).toMatch(/^'sha256-[\w+/]{43}='$/);
    expect(policy.get('connect-src')).toBe("'self'");
    expect(policy.get('frame-ancestors')).toBe("'none'");
  });
});

describe('a client that leaves', () => {
  /** Sends the beginning of a request on a connection that can be closed early. */
  async function begin(...lines: string[]) {
    const { hostname, port } = new URL(toy.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(lines.join('\r\n'));
    return socket;
  }
  const answered = () => expect.poll(() => toy.lines.some(({ msg }) => msg === 'request')).toBe(true);

  test('before its request has ended is no error of the server', async () => {
    const socket = await begin(
      'POST /graphql HTTP/1.1',
      'host: localhost',
      'content-type: application/json',
      'content-length: 100',
      '',
      '{',
    );
    await expect.poll(() => new Promise((resolve) => setImmediate(resolve, socket.bytesWritten > 0))).toBe(true);
    socket.end();
    await answered();
    expect(alarms()).toEqual([]);
  });

  test.each([
    ['of a query', ['GET /graphql?query={slow} HTTP/1.1', 'host: localhost', 'accept: application/json', '', '']],
    [
      'of a query that is answered by an event',
      ['GET /graphql?query={slow} HTTP/1.1', 'host: localhost', 'accept: text/event-stream', '', ''],
    ],
  ])('before the answer %s is no error of the server', async (_what, lines) => {
    const socket = await begin(...lines);
    await toy.toys.slowBegan;
    socket.resetAndDestroy();
    await once(socket, 'close');
    toy.toys.release();
    await answered();
    expect(alarms()).toEqual([]);
    expect((await toy.ask({ query: '{ hello }' })).status).toBe(200);
  });

  test('while events are sent is no error of the server', async () => {
    const query = encodeURIComponent('subscription { ticks(bytes: 100000) { n load } }');
    const socket = await begin(
      `GET /graphql?query=${query} HTTP/1.1`,
      'host: localhost',
      'accept: text/event-stream',
      '',
      '',
    );
    await expect.poll(() => toy.toys.followers).toBe(1);
    toy.toys.publish(1);
    await once(socket, 'data');
    for (let n = 2; n < 100; n++) toy.toys.publish(n);
    socket.resetAndDestroy();
    await expect.poll(() => toy.toys.followers).toBe(0);
    await answered();
    expect(alarms()).toEqual([]);
  });
});

describe('the log', () => {
  test('has of what a client chose no more than a hundred characters', async () => {
    const name = 'N'.repeat(10_000);
    await toy.ask({ query: `query ${name} { boat(id: 1) { ${name}: leak } }` }, { 'x-request-id': 'long' });
    const lines = toy.lines.filter(({ requestId }) => requestId === 'long');
    expect(lines.map(({ msg }) => msg)).toEqual(['unexpected error', 'request']);
    expect(lines[0]!.path).toBe(`boat.${'N'.repeat(95)}…`);
    expect(lines[1]!.operation).toBe(`${'N'.repeat(100)}…`);
    for (const line of lines) expect(JSON.stringify(line).length).toBeLessThan(10_000);
  });

  test('names each code of an answer’s errors once', async () => {
    await toy.ask({ query: '{ boats(first: 200) { lost } }' }, { 'x-request-id': 'many' });
    expect(toy.lines.find(({ requestId }) => requestId === 'many')!.errors).toEqual(['NOT_FOUND']);
  });
});
