import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { MODES } from '../support/modes.js';
import { mongoEnvironment, type RunningApp, startApp } from '../support/server.js';
import { makeDatabase, makeFolder } from '../support/temporary.js';

const SAVE = `mutation ($input: SaveMemoryInput!) { saveMemory(input: $input) {
  ... on SaveMemoryPayload { memory { metadata } } ... on InvalidInputError { message hint field } } }`;
const CREATE = `mutation ($input: CreateTaskInput!) { createTask(input: $input) {
  ... on CreateTaskPayload { task { estimatedHours stageResults { output } } } ... on InvalidInputError { message hint field } } }`;

let app: RunningApp;
const open = async () => {
  app = await startApp(await makeFolder(), mongoEnvironment(makeDatabase()));
};

interface Answer {
  readonly data?: { readonly [field: string]: { readonly [field: string]: unknown } } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly [key: string]: unknown } }[];
}

/** Sends a text as it is: `JSON.stringify` would write other numbers. */
async function post(body: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return (await (await fetch(`${app.url}/graphql`, { method: 'POST', headers, body })).json()) as Answer;
}

async function overWebSocket(payload: string): Promise<Answer> {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  socket.send(`{"id":"1","type":"subscribe","payload":${payload}}`);
  const [data] = await once(socket, 'message');
  socket.close();
  return (JSON.parse(String(data)) as { payload: Answer }).payload;
}

const project = async (storageMode: string) =>
  (
    await app.ask<{ createProject: { project: { id: string } } }>(
      `mutation { createProject(input: { name: "n", storageMode: ${storageMode} }) { ... on CreateProjectPayload { project { id } } } }`,
    )
  ).createProject.project.id;
const count = async (id: string) =>
  (
    await app.ask<{ project: { memories: { totalCount: number } } }>(
      `{ project(by: { id: "${id}" }) { memories { totalCount } } }`,
    )
  ).project.memories.totalCount;

describe.each(MODES)('a number that can’t be kept, in %s', (mode) => {
  it.each([
    ['1234567890123456789', 'more digits'],
    ['1234567890123456790', 'more digits'],
    ['1e400', 'too large'],
    ['1e-400', 'too small'],
  ])('is refused wherever it is sent: %s', async (number, why) => {
    await open();
    const id = await project(mode);
    const body = (metadata: string) =>
      `{"query":${JSON.stringify(SAVE)},"variables":{"input":{"projectId":"${id}","role":"USER","content":"c","metadata":${metadata}}}}`;
    for (const send of [post, overWebSocket]) {
      const { data } = await send(body(`{"a":[{"chat":${number}}]}`));
      expect(data?.saveMemory).toEqual({
        message: expect.stringContaining(`metadata has, at a.0.chat, ${number}, which`),
        hint: `Send it as a text: "${number}".`,
        field: 'metadata',
      });
      expect(data?.saveMemory?.message).toContain(why);
      const kept = await send(body(`{"chat":"${number}"}`));
      expect(kept.data?.saveMemory).toEqual({ memory: { metadata: { chat: number } } });
    }
    const literal = `mutation { saveMemory(input: { projectId: "${id}", role: USER, content: "c", metadata: { a: [{ chat: ${number} }] } }) { __typename } }`;
    const { errors } = await post(JSON.stringify({ query: literal }));
    expect(errors?.[0]?.message).toContain(`The value at a.0.chat is ${number}, which`);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      hint: expect.stringContaining('as a text'),
    });
    const query =
      'query ($m: JSONObject, $id: ID!) { project(by: { id: $id }) { memories(filter: { metadata: $m }) { totalCount } } }';
    const search = new URLSearchParams({ query, variables: `{"id":"${id}","m":{"chat":${number}}}` });
    const got = (await (await fetch(`${app.url}/graphql?${search}`)).json()) as Answer;
    expect(got.errors?.[0]?.message).toContain(`at chat, ${number}, which`);
    expect(await count(id)).toBe(2);
  });

  it('is refused where a number is expected, and numbers that can be kept come back', async () => {
    await open();
    const id = await project(mode);
    const body = (hours: string, output = '1') =>
      `{"query":${JSON.stringify(CREATE)},"variables":{"input":{"projectId":"${id}","title":"t","estimatedHours":${hours},"stageResults":[{"stage":"s","status":"ok","output":${output}}]}}}`;
    for (const number of ['1234567890123456789', '1e400', '1e-400']) {
      const place = 'Variable "$input" got an invalid value at "input.estimatedHours"; ';
      const { errors } = await post(body(number));
      expect(errors?.[0]?.message).toContain(`${place}Expected type "Float" (a number), found ${number}, which`);
      const literal = await post(
        JSON.stringify({
          query: `mutation { createTask(input: { projectId: "${id}", title: "t", estimatedHours: ${number} }) { __typename } }`,
        }),
      );
      expect(literal.errors?.[0]?.message).toContain(`Expected type "Float" (a number), found ${number}, which`);
    }
    const inOutput = await post(body('1', '[1234567890123456789]'));
    expect(inOutput.data?.createTask).toMatchObject({ field: 'stageResults.0.output' });
    const list = await post(
      `{"query":"query ($n: Int) { projects(first: $n) { totalCount } }","variables":{"n":1234567890123456789}}`,
    );
    expect(list.errors?.[0]?.message).toBe(
      'Variable "$n" got an invalid value; Expected type "Int" (a whole number within 32 bits), found a number.',
    );
    const kept = await post(body('0.30000000000000004', '[2.5e-3, 1e22, -0, 5e-324]'));
    const long = '1234567890123456800';
    await app.mutate(
      'saveMemory',
      { projectId: id, role: 'USER', content: 'c', metadata: { n: Number(long) } },
      'memory { id }',
    );
    const found = await post(
      `{"query":"{ project(by: { id: \\"${id}\\" }) { memories(filter: { metadata: { n: ${long} } }) { totalCount nodes { metadata } } } }"}`,
    );
    expect(found.data?.project).toEqual({ memories: { totalCount: 1, nodes: [{ metadata: { n: Number(long) } }] } });
    expect(kept.data?.createTask).toEqual({
      task: { estimatedHours: 0.30000000000000004, stageResults: [{ output: [0.0025, 1e22, 0, 5e-324] }] },
    });
  });
});
