import { describe, expect, it } from 'vitest';
import { type Graph, prepare, startGraph } from '../support.js';

let graph: Graph;
let projectId: string;

prepare(async () => {
  graph = await startGraph({ shared: true });
  projectId = (await graph.project()).id;
});

/** GraphQL wraps what a scalar throws more than once. */
const rootOf = (error: Error & { originalError?: Error | undefined }): Error =>
  error.originalError ? rootOf(error.originalError) : error;

const SAVE = `mutation ($projectId: ID!, $at: DateTime, $metadata: JSONObject) {
  saveMemory(input: { projectId: $projectId, role: USER, content: "x", occurredAt: $at, metadata: $metadata }) {
    ... on SaveMemoryPayload { memory { occurredAt metadata } }
    ... on Error { message }
  }
}`;
type Saved = { saveMemory: { memory: { occurredAt: string; metadata: object } } };

describe('a moment', () => {
  it.each([
    ['2026-01-31T09:30:00Z', '2026-01-31T09:30:00.000Z'],
    ['2026-01-31T09:30:00.5+01:00', '2026-01-31T08:30:00.500Z'],
    ['2026-01-31T00:30:00-09:30', '2026-01-31T10:00:00.000Z'],
    ['2024-02-29T23:59:59.999999Z', '2024-02-29T23:59:59.999Z'],
    ['2026-01-31T09:30Z', '2026-01-31T09:30:00.000Z'],
    ['2026-01-31t09:30:00z', '2026-01-31T09:30:00.000Z'],
  ])('written as %s is %s', async (at, utc) => {
    expect((await graph.ask<Saved>(SAVE, { projectId, at })).saveMemory.memory.occurredAt).toBe(utc);
  });

  it.each([
    'yesterday',
    '2026-01-31',
    '2026-01-31T09:30:00',
    '2026-02-30T09:30:00Z',
    '2026-13-01T09:30:00Z',
    '2026-01-31T25:00:00Z',
    '2026-01-31T09:30:00+99:00',
    '+012026-01-31T09:30:00Z',
    '',
    1_700_000_000,
  ])('is not %j', async (at) => {
    const error = await graph.refused(SAVE, { projectId, at });
    expect(error.message).toContain('is not a date and time');
    expect(rootOf(error)).toMatchObject({ code: 'INVALID_INPUT', hint: expect.stringContaining('ISO 8601') });
  });
});

describe('a JSON object', () => {
  it('comes back as it was sent, as a variable or written into the query', async () => {
    const metadata = { a: [1, 2.5, null, true, { b: 'ü' }], toString: 'x' };
    expect((await graph.ask<Saved>(SAVE, { projectId, metadata })).saveMemory.memory.metadata).toEqual(metadata);
    const literal = SAVE.replace(
      'metadata: $metadata',
      'metadata: { a: [1, 2.5, null, true, { b: "ü", c: $c }], toString: "x" }',
    ).replace('$metadata: JSONObject', '$c: Int');
    expect((await graph.ask<Saved>(literal, { projectId, c: 7 })).saveMemory.memory.metadata).toEqual({
      ...metadata,
      a: [1, 2.5, null, true, { b: 'ü', c: 7 }],
    });
  });

  it.each([[[1]], ['text'], [1], [true]])('is not %j', async (metadata) => {
    const error = await graph.refused(SAVE, { projectId, metadata });
    expect(rootOf(error)).toMatchObject({ code: 'INVALID_INPUT', hint: expect.stringMatching(/object/) });
  });

  it('refuses a number that JSON can’t hold', async () => {
    const query = SAVE.replace(', $metadata: JSONObject', '').replace('$metadata', '{ a: 1e999 }');
    await expect(graph.run(query, { projectId })).rejects.toThrow(/is too large/);
  });

  it("doesn't reach the prototype of anything", async () => {
    const query = SAVE.replace(', $metadata: JSONObject', '').replace('$metadata', '{ __proto__: { polluted: true } }');
    const answer = await graph.ask<{ saveMemory: { message: string } }>(query, { projectId });
    expect(answer.saveMemory.message).toContain('__proto__');
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});
