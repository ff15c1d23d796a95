import { setMaxListeners } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';

/** What one client does for as long as it may. Returns a note about the outcome. */
export interface Attack {
  readonly name: string;
  run(signal: AbortSignal): Promise<string | undefined>;
}

export interface Target {
  readonly url: string;
  /** With 20,000 tasks and some memories. */
  readonly projectId: string;
  /** With memories of 1 MB. */
  readonly largeProjectId: string;
}

const CONNECTIONS = 16;
const MB = 1024 * 1024;

/** The worst requests within the limits that are known. */
export function attacksOn(target: Target): readonly Attack[] {
  return [
    ...reads(target),
    ...expensiveReads(target),
    ...bodies(target),
    ...documents(target),
    ...writes(target),
    ...connections(target),
  ];
}

const many = (count: number, field: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => `a${index}: ${field(index)}`).join(' ');
const inProject = (id: string, fields: string) => `{ project(by: { id: "${id}" }) { ${fields} } }`;

function reads({ url, projectId, largeProjectId }: Target): readonly Attack[] {
  const query = (name: string, fields: string, id = projectId) =>
    posting(url, name, body({ query: inProject(id, fields) }));
  const page = (day: number) => `tasks(first: 200, filter: { createdAt: { after: "2026-01-0${day}T00:00:00Z" } })`;
  return [
    query(
      'answers of 250,000 fields',
      many(249, () => 'tasks(first: 200) { nodes { id title status type } }'),
    ),
    query(
      'pages of 200, each with its history',
      many(12, (index) => `${page((index % 9) + 1)} { nodes { id history(first: 20) { nodes { seq before } } } }`),
    ),
    query(
      'a text that is nowhere, looked for in 20,000 tasks 249 times',
      many(249, (index) => `tasks(first: 200, filter: { text: "not there ${index}" }) { totalCount }`),
    ),
    query(
      '20,000 tasks counted by a text 249 times',
      many(249, (index) => `tasks(first: 1, filter: { text: "${index}" }) { totalCount }`),
    ),
    query('answers of many megabytes', 'tasks(first: 200) { nodes { description } }', largeProjectId),
    query(
      'one text of a megabyte 249 times',
      `tasks(first: 1) { nodes { ${many(249, () => 'description')} } }`,
      largeProjectId,
    ),
    query(
      'large pages 249 times',
      many(249, () => 'tasks(first: 200) { nodes { id } }'),
      largeProjectId,
    ),
  ];
}

function expensiveReads({ url, projectId }: Target): readonly Attack[] {
  const query = (name: string, fields: string, variables: object = {}) =>
    posting(url, name, body({ query: fields, variables }));
  const words = Array.from({ length: 700 }, (_, index) => `config${index % 50} line`)
    .join(' ')
    .slice(0, 9_900);
  return [
    query(
      'storageHealth 9 times',
      `{ ${many(9, () => 'storageHealth { mode ok problems collections { name count } }')} }`,
    ),
    query(
      'attachableProjects 9 times',
      `{ ${many(9, (index) => `attachableProjects(mode: ${index % 2 ? 'LOCAL' : 'FILE'}) { name }`)} }`,
    ),
    query(
      'estimateMigration 9 times',
      `{ ${many(9, () => `estimateMigration(projectId: "${projectId}", to: FILE) { __typename }`)} }`,
    ),
    query(
      'the whole schema twice',
      `{ ${many(2, () => '__schema { types { name description fields { name description args { name type { name } } type { name ofType { name } } } } }')} }`,
    ),
    query(
      'memories searched 95 times',
      inProject(
        projectId,
        many(
          95,
          (index) => `searchMemories(query: "what was said of the parser ${index}", first: 50) { hits { score } }`,
        ),
      ),
    ),
    query(
      'tasks searched by 10,000 characters 95 times',
      inProject(
        projectId,
        many(95, () => 'searchTasks(query: $q) { hits { score } }'),
      ).replace('{', 'query Q($q: String!) {'),
      { q: words },
    ),
    query(
      'contexts 95 times',
      inProject(
        projectId,
        many(95, (index) => `memoryContext(query: "parser ${index}", maxTokens: 20000) { __typename }`),
      ),
    ),
    query(
      'the index compared 95 times',
      inProject(
        projectId,
        many(95, () => 'searchIndex { pending isBuilding }'),
      ),
    ),
  ];
}

function bodies({ url }: Target): readonly Attack[] {
  const info = '{ serverInfo { version } }';
  const text = (value: string) => Buffer.from(`{"query":"${info}","variables":{"a":${value}}}`);
  return [
    posting(url, 'bodies of 16 MB with one text', text(`"${'x'.repeat(15.9 * MB)}"`)),
    posting(url, 'bodies of 16 MB of escapes', text(`"${'\\u0041'.repeat(2.6 * MB)}"`)),
    posting(
      url,
      'bodies of 100,000 values',
      body({
        query: 'query Q($a: JSON) { serverInfo { version } }',
        variables: { a: Array.from({ length: 99_000 }, () => 1) },
      }),
    ),
    posting(url, 'bodies of 49,000 lists within each other', text(`${'['.repeat(49_000)}${']'.repeat(49_000)}`)),
    halfSent(url, 'bodies of 15 MB on 100 connections that never end'),
  ];
}

function documents({ url }: Target): readonly Attack[] {
  return [
    freshly(
      url,
      'queries of 2,000 fields, each new',
      (index) =>
        `query Q${index} { ${many(240, () => 'projects(first: 1) { nodes { id name mode isActive path } }')} }`,
    ),
    freshly(
      url,
      'fields that are repeated, each new',
      (index) => `query Q${index} { ${'serverInfo { version } '.repeat(98)} }`,
    ),
    freshly(url, 'fragments within fragments, each new', fragments),
    freshly(url, 'queries that are wrong in each field', (index) => {
      const fields = Array.from({ length: 1_900 }, (_, field) => `unknown${field}`);
      return `query Q${index} { ${fields.join(' ')} }`;
    }),
  ];
}

function writes({ url, projectId, largeProjectId }: Target): readonly Attack[] {
  const tasks = Array.from({ length: 15 }, (_, index) => ({
    title: 'large',
    description: 'x y '.repeat(0.24 * MB),
    externalId: `same ${index}`,
  }));
  return [
    posting(
      url,
      '250 tasks made in one request',
      body({
        query: `mutation { ${many(250, (index) => `createTask(input: { projectId: "${projectId}", title: "t${index}" }) { __typename }`)} }`,
      }),
    ),
    posting(
      url,
      'tasks of 15 MB made',
      body({
        query: 'mutation S($input: CreateTasksInput!) { createTasks(input: $input) { __typename } }',
        variables: { input: { projectId: largeProjectId, tasks } },
      }),
    ),
  ];
}

function connections({ url, projectId }: Target): readonly Attack[] {
  return [
    sockets(url, '5,000 subscriptions on 10 sockets to a project that is written', projectId),
    socketQueries(
      url,
      'heavy queries, 500 at once on one socket',
      inProject(
        projectId,
        many(100, () => 'tasks(first: 200) { nodes { id title status type } }'),
      ),
    ),
    posting(url, 'cheap requests on 500 connections', body({ query: '{ serverInfo { version } }' }), 500),
  ];
}

function body(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function fragments(index: number): string {
  const count = 49;
  const parts = Array.from(
    { length: count },
    (_, at) =>
      `fragment F${at} on Project { ${at + 1 < count ? `...F${at + 1} ...F${Math.min(count - 1, at + 2)}` : ''} id name a${at}: tasks(first: 1) { nodes { id } } }`,
  );
  return `query Q${index} { projects(first: 1) { nodes { ...F0 } } } ${parts.join(' ')}`;
}

/** Sends the same body repeatedly on many connections. */
function posting(url: string, name: string, text: Buffer, connections = CONNECTIONS): Attack {
  return { name, run: (signal) => sending(url, () => text, signal, connections) };
}

/** Sends a query that the server has not seen, each time. */
function freshly(url: string, name: string, query: (index: number) => string): Attack {
  let index = 0;
  return { name, run: (signal) => sending(url, () => body({ query: query(index++) }), signal, CONNECTIONS) };
}

async function sending(url: string, next: () => Buffer, signal: AbortSignal, connections: number): Promise<string> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const statuses = new Map<string, number>();
  let bytes = 0;
  const note = (what: string) => statuses.set(what, (statuses.get(what) ?? 0) + 1);
  const shoot = () =>
    new Promise<void>((resolve) => {
      const text = next();
      const headers = { 'content-type': 'application/json', 'content-length': text.length };
      let start = '';
      const sent = request(`${url}/graphql`, { agent, method: 'POST', headers, signal }, (response) => {
        response.on('data', (part: Buffer) => {
          bytes += part.length;
          if (start.length < 300) start += String(part).slice(0, 300);
        });
        const end = () => {
          note(
            `${response.statusCode}${start.startsWith('{"errors"') || start.includes('"code":"') ? ` ${/"code":"(\w+)"/.exec(start)?.[1]}` : ''}`,
          );
          resolve();
        };
        response.on('end', end);
        response.on('error', end);
      });
      sent.on('error', ({ message }) => {
        if (!signal.aborted) note(message);
        resolve();
      });
      sent.end(text);
    });
  setMaxListeners(0, signal);
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (!signal.aborted) await shoot();
    }),
  );
  agent.destroy();
  return `${[...statuses].map(([what, count]) => `${count}× ${what}`).join(', ')}, ${(bytes / MB).toFixed(0)} MB served`;
}

function halfSent(url: string, name: string): Attack {
  const { hostname, port } = new URL(url);
  const part = Buffer.alloc(15 * MB, 'x');
  return {
    name,
    run: (signal) =>
      new Promise((resolve) => {
        const open = Array.from({ length: 100 }, () => {
          const socket = connect(Number(port), hostname);
          socket.on('error', () => undefined);
          socket.resume();
          socket.write(
            `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${16 * MB}\r\n\r\n`,
          );
          socket.write(part);
          return socket;
        });
        signal.addEventListener('abort', () => {
          for (const socket of open) socket.destroy();
          resolve(undefined);
        });
      }),
  };
}

async function opened(url: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send('{"type":"connection_init"}');
  await new Promise((resolve) => socket.once('message', resolve));
  return socket;
}

function sockets(url: string, name: string, projectId: string): Attack {
  return {
    name,
    run: async (signal) => {
      const all = await Promise.all(Array.from({ length: 10 }, () => opened(url)));
      let events = 0;
      for (const socket of all) {
        socket.on('message', () => {
          events += 1;
        });
        for (let index = 0; index < 500; index += 1) {
          const query = `subscription { projectChanges(projectId: "${projectId}") { __typename } }`;
          socket.send(JSON.stringify({ id: String(index), type: 'subscribe', payload: { query } }));
        }
      }
      const write = body({
        query: `mutation { createTask(input: { projectId: "${projectId}", title: "t" }) { __typename } }`,
      });
      const said = await sending(url, () => write, signal, 2);
      for (const socket of all) socket.terminate();
      return `${events} events, ${said}`;
    },
  };
}

function socketQueries(url: string, name: string, query: string): Attack {
  return {
    name,
    run: async (signal) => {
      const socket = await opened(url);
      let answers = 0;
      let sent = 0;
      const send = () => socket.send(JSON.stringify({ id: String(sent++), type: 'subscribe', payload: { query } }));
      socket.on('message', (data) => {
        if (!String(data).includes('"complete"')) return;
        answers += 1;
        if (!signal.aborted) send();
      });
      for (let index = 0; index < 500; index += 1) send();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      socket.terminate();
      return `${answers} answers`;
    },
  };
}
