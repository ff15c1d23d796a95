import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readArguments, schemaOf } from '../../src/mcp/calls/arguments.js';
import type { Call } from '../../src/mcp/calls/call.js';
import { suggestionFor } from '../../src/mcp/calls/suggestion.js';
import { TOOLS } from '../../src/mcp/tools/tools.js';

const INPUT = z.object({
  ids: z.array(z.string()).min(1).max(3).optional(),
  limit: z.int().min(1).max(50).optional(),
  pinned: z.boolean().optional(),
  status: z.enum(['in_progress', 'done']).optional(),
  content: z.string().min(1).optional(),
});
const SCHEMA = schemaOf(INPUT);
const read = (given: unknown) => readArguments(INPUT, SCHEMA, given);

describe('arguments in other types than advertised', () => {
  it.each([
    ['a list as JSON', { ids: '["a","b"]' }, { ids: ['a', 'b'] }],
    ['a list with commas', { ids: 'a, b' }, { ids: ['a', 'b'] }],
    ['a list with commas in brackets', { ids: "[a, 'b']" }, { ids: ['a', 'b'] }],
    ['a list on lines', { ids: 'a\nb' }, { ids: ['a', 'b'] }],
    ['one text for a list', { ids: 'a' }, { ids: ['a'] }],
    ['a number in a list', { ids: [1] }, { ids: ['1'] }],
    ['a number as text', { limit: ' 5 ' }, { limit: 5 }],
    ['a number with a fraction of nothing', { limit: '5.0' }, { limit: 5 }],
    ['a boolean as text', { pinned: 'True' }, { pinned: true }],
    ['a boolean as a number', { pinned: 0 }, { pinned: false }],
    ['an enum in capitals', { status: 'IN_PROGRESS' }, { status: 'in_progress' }],
    ['an enum with a hyphen', { status: 'In-Progress' }, { status: 'in_progress' }],
    ['an enum with a space', { status: 'in progress ' }, { status: 'in_progress' }],
    ['a text as a number', { content: 42 }, { content: '42' }],
    ['null for nothing', { limit: null, ids: null, content: 'x' }, { content: 'x' }],
    ['null for an argument that there is not', { other: null }, {}],
    ['no arguments', undefined, {}],
  ])('are understood: %s', (_, given, meant) => {
    expect(read(given)).toEqual(meant);
  });

  it('keep a text as it is, whatever it looks like', () => {
    for (const content of ['["a"]', ' 5 ', 'true', 'a, b']) expect(read({ content })).toEqual({ content });
  });

  it.each([
    [{ limit: 'many' }, '"limit"'],
    [{ limit: 51 }, '"limit"'],
    [{ limit: '' }, '"limit"'],
    [{ pinned: 'perhaps' }, '"pinned"'],
    [{ status: 'finished' }, '"status"'],
    [{ ids: [] }, '"ids"'],
    [{ ids: 'a,b,c,d' }, '"ids"'],
    [{ ids: [{}] }, '"ids"'],
    [{ content: { text: 'x' } }, '"content"'],
    [{ content: '' }, '"content"'],
  ])('are refused by name when they mean nothing: %j', (given, name) => {
    expect(() => read(given)).toThrow(name);
  });

  it('are refused when there is no such argument, with the one that was probably meant', () => {
    expect(() => read({ stauts: 'done' })).toThrow('There is no argument "stauts".');
    expect(hintOf({ stauts: 'done' })).toContain('Did you mean "status"?');
    expect(hintOf({ constructor: 'x' })).toContain('The arguments are ids, limit, pinned, status, content.');
  });
});

function hintOf(given: unknown): string {
  try {
    read(given);
  } catch (error) {
    return String((error as { hint?: unknown }).hint);
  }
  throw new Error('It was read.');
}

it('suggests names that models give to what a tool calls otherwise', () => {
  const names = ['id', 'content', 'task', 'depends_on', 'max_tokens', 'limit'];
  const meant = {
    taskId: 'task',
    task_id: 'task',
    text: 'content',
    dependsOn: 'depends_on',
    maxTokens: 'max_tokens',
    top_k: 'limit',
    contnet: 'content',
  };
  for (const [given, name] of Object.entries(meant)) expect(suggestionFor(given, names), given).toBe(name);
  expect(suggestionFor('colour', names)).toBeNull();
});

/** Values of wrong types, by the type of the argument that gets them. */
const WRONG: Readonly<Record<string, readonly unknown[]>> = {
  string: [{}, { a: 1 }, ['x', 'y']],
  integer: ['x', {}, [], true, 1.5, -1],
  boolean: ['x', {}, 2],
  array: [[{}], [[]]],
};

describe.each(TOOLS.map((tool) => [tool.name, tool] as const))('the tool %s', (_, tool) => {
  const call = new Proxy({} as Call, {
    get: () => () => {
      throw new Error('The arguments were taken.');
    },
  });
  const required = Object.fromEntries(
    ((tool.schema.required ?? []) as readonly string[]).map((name) => [
      name,
      tool.schema.properties[name]?.type === 'array' ? ['x'] : 'x',
    ]),
  );
  const cases = Object.entries(tool.schema.properties).flatMap(([name, { type = '' }]) =>
    (WRONG[type] ?? []).map((value) => [name, value] as const),
  );

  it.each(cases)('says that %s is wrong when it is %j', async (name, value) => {
    const given = { ...required, [name]: value };
    await expect(tool.run(given, call)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(`"${name}"`),
    });
  });

  it.each(Object.keys(required))('says that %s is required', async (name) => {
    const { [name]: _, ...given } = required;
    await expect(tool.run(given, call)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: `"${name}" is required.`,
    });
  });

  it('knows no other argument', async () => {
    await expect(tool.run({ ...required, somethingElse: 1 }, call)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
