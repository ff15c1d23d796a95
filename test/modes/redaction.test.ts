import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { MODES } from '../support/modes.js';
import { freshDatabase, sharedMongo } from '../support/mongodb/mongodb.js';
import { MARKER, OTHER_SECRET, SECRET } from '../support/secrets.js';
import { mongoEnvironment, type RunningApp, settled, startApp } from '../support/server.js';
import { makeFolder } from '../support/temporary.js';

/** In any case: an index of words has them in lower case. */
const CANARIES = [SECRET, OTHER_SECRET].map((secret) => secret.slice(secret.indexOf('_') + 1).toLowerCase());

function expectNone(where: string, text: string): void {
  for (const canary of CANARIES) {
    const at = text.toLowerCase().indexOf(canary);
    expect(at, `${canary} in ${where}: ${text.slice(Math.max(0, at - 300), at + 100)}`).toBe(-1);
  }
}

function expectNoneIn(folder: string): void {
  for (const each of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!each.isFile()) continue;
    const path = join(each.parentPath, each.name);
    expectNone(path, readFileSync(path, 'latin1'));
  }
}

/** All documents of the databases that a test wrote to. */
async function dump(database: string): Promise<string> {
  const client = new MongoClient(sharedMongo());
  try {
    const collections = await client.db(database).listCollections().toArray();
    const all = await Promise.all(collections.map(({ name }) => client.db(database).collection(name).find().toArray()));
    return JSON.stringify([collections, all]);
  } finally {
    await client.close();
  }
}

const TEXT = `The key is ${SECRET}, and then ${OTHER_SECRET}.`;
const ERRORS = '... on Error { message code hint } ... on InvalidInputError { field }';

/** Sends the secrets in every kind of record, and in what is refused. @returns all answers */
async function saveAll({ url }: RunningApp, storageMode: string, secrets: string | null) {
  const answers: string[] = [];
  const send = async (query: string, variables: object = {}) => {
    const body = JSON.stringify({ query, variables });
    const headers = { 'content-type': 'application/json', 'mooring-actor': SECRET, 'x-request-id': SECRET };
    const text = await (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).text();
    answers.push(text);
    return JSON.parse(text) as { data?: Record<string, Record<string, { id: string; version: number }>> };
  };
  const mutate = async (name: string, input: object, fields = 'redactions { rule count }') => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}`;
    const query = `mutation M($input: ${type}Input!) { ${name}(input: $input) { ... on ${type}Payload { ${fields} } ${ERRORS} } }`;
    return (await send(query, { input })).data?.[name] ?? {};
  };
  const project = { name: `For ${SECRET}`, description: TEXT, customInstructions: TEXT, settings: { a: [TEXT] } };
  await mutate('createProject', { ...project, storageMode, secrets });
  const { id: projectId } = (await mutate('createProject', { name: 'Harbour', storageMode, secrets }, 'project { id }'))
    .project!;
  const memory = { projectId, role: 'USER', content: TEXT, metadata: { [SECRET]: TEXT } };
  await mutate('saveMemory', { ...memory, sessionId: 'chat' });
  await mutate('saveMemories', { projectId, memories: [{ role: 'TOOL', toolName: SECRET, content: TEXT }] });
  await mutate('upsertMemory', { ...memory, externalId: 'a' });
  const { task } = await mutate('createTask', { projectId, title: 'Moor' }, 'task { id version }');
  const stageResults = [{ stage: SECRET, status: 'ok', output: { log: TEXT } }];
  await mutate('updateTask', { id: task!.id, version: 1, title: SECRET, analysis: TEXT, stageResults, result: TEXT });
  await mutate('createTask', { projectId, title: TEXT, testingUrls: [{ label: TEXT, url: 'https://example.org' }] });
  await mutate('upsertSession', { projectId, key: 'chat', title: SECRET, workspace: TEXT, metadata: { a: TEXT } });
  await mutate('saveState', { ownerId: projectId, key: 'plan', value: { [SECRET]: [TEXT] }, overwrite: true });
  await mutate('saveState', { ownerId: task!.id, key: 'plan', value: TEXT });
  // Refused, each for another reason.
  await mutate('saveMemory', { ...memory, externalId: SECRET });
  await mutate('saveMemory', { ...memory, sessionId: SECRET });
  await mutate('saveMemory', { ...memory, role: SECRET });
  await mutate('saveMemory', { ...memory, taskId: SECRET });
  await mutate('saveMemory', { ...memory, occurredAt: SECRET });
  await mutate('saveMemory', { ...memory, metadata: TEXT });
  await mutate('saveMemory', { ...memory, [SECRET]: TEXT });
  await mutate('saveMemory', { ...memory, content: `${TEXT}\0` });
  await mutate('saveMemory', { ...memory, content: `${TEXT}${'x'.repeat(2 ** 20)}` });
  await mutate('saveMemory', { ...memory, metadata: { [SECRET]: 'a\0b' } });
  await mutate('createTask', { projectId, title: 'Moor', externalId: SECRET });
  await mutate('createTask', { projectId, title: 'Moor', dependsOn: [SECRET] });
  await mutate('createTask', { projectId, title: 'Moor', testingUrls: [{ label: 'a', url: TEXT }] });
  await mutate('createTask', { projectId, title: 'Moor', estimatedHours: SECRET });
  await mutate('updateTask', { id: task!.id, version: 1, title: TEXT });
  await mutate('saveState', { ownerId: projectId, key: SECRET, value: 1 });
  await mutate('createProject', { name: 'Quay', path: `/work/${SECRET}`, storageMode, secrets });
  await mutate('createProject', { name: 'Quay', githubRepo: TEXT, storageMode, secrets });
  // Names, which the log and errors have.
  await send(`query ${SECRET} { projects { totalCount } }`);
  await send(`query ${OTHER_SECRET} { projects { total } }`);
  const operations = JSON.stringify({
    query: `query ${SECRET} { __typename } query b { __typename }`,
    operationName: OTHER_SECRET,
  });
  const headers = { 'content-type': 'application/json' };
  const requests: readonly [path: string, init: RequestInit][] = [
    ['/graphql', { method: 'POST', headers, body: operations }],
    ['/graphql', { method: 'POST', headers: { 'content-type': `application/${SECRET}` }, body: '{}' }],
    ['/mcp', { method: 'POST', headers, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: SECRET }) }],
    [`/${SECRET}`, {}],
  ];
  for (const [path, init] of requests) answers.push(await (await fetch(`${url}${path}`, init)).text());
  return { answers, projectId, taskId: task!.id };
}

describe.each(MODES)('a secret in what is saved in %s', (storageMode) => {
  it.each(['REDACT', 'REFUSE'])('is in no answer, no file, no index and no log line: %s', async (policy) => {
    const folder = await makeFolder();
    const database = freshDatabase();
    const environment = { ...mongoEnvironment(database), MOORING_LOG_LEVEL: 'trace' };
    const app = await startApp(folder, { ...environment, MOORING_SECRETS: policy === 'REDACT' ? 'redact' : 'off' });
    const { answers, projectId, taskId } = await saveAll(app, storageMode, policy === 'REDACT' ? null : policy);
    await settled(app, projectId);
    const { ask } = app;
    const { project } = await ask<{ project: { searchMemories: { hits: object[] } } }>(
      `{ project(by: { id: "${projectId}" }) { searchMemories(query: "which key", mode: VECTOR) { hits { score } } } }`,
    );
    expect(project.searchMemories.hits).toHaveLength(policy === 'REDACT' ? 3 : 0);
    expect(answers.filter((answer) => answer.includes('SECRET_REFUSED')).length).toBeGreaterThan(4);
    expect(answers.filter((answer) => !answer.startsWith('{'))).toEqual([]);
    expectNone('the answers', answers.join('\n'));
    if (policy === 'REDACT') {
      const { node } = await ask<{ node: object }>(`{ node(id: "${taskId}") { ... on Task { title analysis } } }`);
      expect(node).toEqual({ title: MARKER, analysis: `The key is ${MARKER}, and then ${MARKER}.` });
    }
    expectNoneIn(folder);
    await app.close();
    expectNoneIn(folder);
    expectNone('the log', app.logged.join('\n'));
    expect(app.logged.length).toBeGreaterThan(answers.length);
    if (storageMode === 'MONGODB') expectNone('the database', await dump(database));
  });
});

it('a secret that is written into a file by hand is in no file and no log line', async () => {
  const folder = await makeFolder();
  const app = await startApp(folder);
  const projectId = await app.createProject({ storageMode: 'FILE' });
  const { memory } = await app.mutate<{ memory: { id: string } }>(
    'saveMemory',
    { projectId, role: 'USER', content: 'as it was' },
    'memory { id }',
  );
  await settled(app, projectId);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const file = files.find(({ name }) => name === `${memory.id}.json`)!;
  const path = join(file.parentPath, file.name);
  writeFileSync(path, readFileSync(path, 'utf8').replace('as it was', TEXT));
  const read = `{ node(id: "${memory.id}") { ... on Memory { version content redactions { count } } } }`;
  await expect
    .poll(async () => (await app.ask<{ node: object }>(read)).node, { timeout: 60_000 })
    .toEqual({ version: 2, content: `The key is ${MARKER}, and then ${MARKER}.`, redactions: [{ count: 2 }] });
  await settled(app, projectId);
  await app.close();
  expectNoneIn(folder);
  expectNone('the log', app.logged.join('\n'));
});
