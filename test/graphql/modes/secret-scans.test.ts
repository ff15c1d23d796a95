import { beforeAll, expect, it } from 'vitest';
import { MARKER, OTHER_SECRET, SECRET } from '../../support/secrets.js';
import { type Graph, startGraph } from '../support.js';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ shared: true });
});

const COUNTS = 'recordsScanned entriesScanned recordsRedacted entriesRedacted recordsLeft entriesLeft';
const FINDINGS = 'findings { recordId field rule count isCurrent entries obstacle } hasMoreFindings problem after';
const PAYLOAD = `${COUNTS} rules { rule records entries } ${FINDINGS}`;

it('finds secrets from before they were redacted, replaces them and what they were, and leaves the history readable', async () => {
  const { id: projectId } = await graph.project({ secrets: 'OFF' });
  const input = { projectId, role: 'USER', content: `with ${SECRET}`, metadata: { also: [SECRET, OTHER_SECRET] } };
  const { memory } = await graph.write<{ memory: { id: string } }>('saveMemory', input, 'memory { id }');
  const update = { id: memory.id, version: 1, content: `now with ${OTHER_SECRET}` };
  await graph.write('updateMemory', update, 'memory { id }');
  const found = { recordId: memory.id, rule: 'github-token', isCurrent: true, entries: 1, obstacle: null };
  expect(await graph.write('scanSecrets', { projectId }, PAYLOAD)).toEqual({
    __typename: 'ScanSecretsPayload',
    ...{ recordsScanned: 2, entriesScanned: 3, recordsRedacted: 0, entriesRedacted: 0, recordsLeft: 0, entriesLeft: 0 },
    rules: [{ rule: 'github-token', records: 1, entries: 1 }],
    findings: [
      { ...found, field: 'content', count: 1 },
      { ...found, field: 'metadata', count: 2 },
    ],
    hasMoreFindings: false,
    problem: null,
    after: null,
  });

  expect(await graph.write('scanSecrets', { projectId, redact: true }, PAYLOAD)).toMatchObject({
    ...{ entriesScanned: 4, recordsRedacted: 1, entriesRedacted: 2, recordsLeft: 0, entriesLeft: 0 },
    rules: [{ rule: 'github-token', records: 1, entries: 2 }],
    after: null,
  });
  expect(await graph.write('scanSecrets', { projectId, redact: true }, PAYLOAD)).toMatchObject({
    ...{ entriesScanned: 4, recordsRedacted: 0, entriesRedacted: 0, rules: [], findings: [] },
  });
  const history = 'history { nodes { operation version actor before after } }';
  const { node } = await graph.ask<{ node: object }>(
    `query ($id: ID!) { node(id: $id) { ... on Memory { version content metadata redactions { count } ${history} } } }`,
    { id: memory.id },
  );
  const metadata = { also: [MARKER, MARKER] };
  const [first, second] = [`with ${MARKER}`, `now with ${MARKER}`].map((content) => ({ content, metadata }));
  expect(node).toMatchObject({ version: 3, ...second, redactions: [{ count: 3 }] });
  expect(node).toMatchObject({
    history: {
      nodes: [
        { operation: 'REDACT', version: 3, actor: 'tester', before: second, after: second },
        { operation: 'UPDATE', version: 2, before: first, after: second },
        { operation: 'CREATE', version: 1, before: null, after: first },
      ],
    },
  });
  const revert = { id: memory.id, version: 3, toVersion: 1 };
  const { record } = await graph.write<{ record: object }>(
    'revertRecord',
    revert,
    'record { ... on Memory { content } }',
  );
  expect(record).toEqual({ content: `with ${MARKER}` });
});

it('says where to continue by a cursor of its own project', async () => {
  const { id: projectId } = await graph.project();
  const query = 'mutation ($input: ScanSecretsInput!) { scanSecrets(input: $input) { ... on Error { code } } }';
  const error = await graph.refused(query, { input: { projectId, after: 'nonsense' } });
  expect(error.message).toContain('The cursor is not one');
});
