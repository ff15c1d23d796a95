import { readFileSync } from 'node:fs';
import { getEncoding } from 'js-tiktoken';
import { describe, expect, it } from 'vitest';
import { INSTRUCTIONS } from '../../src/mcp/instructions.js';
import type { Tool } from '../../src/mcp/tools/tool.js';
import { TOOLS } from '../../src/mcp/tools/tools.js';
import { connectHttp } from '../support/mcp/client.js';
import { startApp } from '../support/server.js';
import { makeFolder } from '../support/temporary.js';

const encoding = getEncoding('o200k_base');
const tokensOf = (value: unknown) => encoding.encode(JSON.stringify(value)).length;
/** What a host sends to a model. */
const sent = ({ name, description, schema }: Tool) => ({ name, description, input_schema: schema });

/** Where hosts cut descriptions and instructions, without saying so. */
const MOST_CHARACTERS = 2_048;

describe('the definitions of the tools', () => {
  it('take a model less than 2,000 tokens, and those that are always loaded less than 1,200', () => {
    const total = TOOLS.reduce((sum, tool) => sum + tokensOf(sent(tool)), 0);
    const loaded = TOOLS.filter(({ isAlwaysLoaded }) => isAlwaysLoaded);
    expect(total).toBeLessThan(2_000);
    expect(loaded).toHaveLength(5);
    expect(loaded.reduce((sum, tool) => sum + tokensOf(sent(tool)), 0)).toBeLessThan(1_200);
  });

  it('take less than 2,500 tokens with all that the protocol adds', async () => {
    const app = await startApp(await makeFolder());
    const { client } = await connectHttp(app.url);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(TOOLS.map(({ name }) => name));
    expect(tokensOf(tools)).toBeLessThan(2_500);
    expect(tools.filter(({ _meta }) => _meta?.['anthropic/alwaysLoad'] === true)).toHaveLength(5);
    expect(tools.every(({ outputSchema }) => outputSchema === undefined)).toBe(true);
  });

  it.each(TOOLS.map((tool) => [tool.name, tool] as const))(
    'of %s says when to use it, within what hosts show',
    (_, tool) => {
      expect(tool.description).toMatch(/^Use (as soon as|before|first|to|when)\b/);
      expect(tool.description.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    },
  );

  it.each(TOOLS.map((tool) => [tool.name, tool] as const))(
    'of %s has a plain schema that every host takes',
    (_, { schema }) => {
      expect(schema.type).toBe('object');
      for (const property of Object.values(schema.properties)) {
        expect(property.type, JSON.stringify(property)).toMatch(/^(string|integer|boolean|array)$/);
        expect(property.type === 'array' ? property.items?.type : 'string').toBe('string');
      }
      expect(JSON.stringify(schema)).not.toMatch(/\$ref|anyOf|oneOf|allOf|\$schema/);
    },
  );

  it('say what each may do', () => {
    const reading = TOOLS.filter(({ isReading }) => isReading).map(({ name }) => name);
    expect(reading).toEqual(['get_context', 'search', 'get_records', 'list_tasks', 'get_history']);
    expect(TOOLS.filter(({ isDestructive }) => isDestructive).map(({ name }) => name)).toEqual(['undo']);
  });
});

it('the instructions are short enough for every host, and name tools that there are', () => {
  expect(INSTRUCTIONS.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  const names = INSTRUCTIONS.match(/\b[a-z]+_[a-z]+\b/g) ?? [];
  expect(names.filter((name) => !TOOLS.some((tool) => tool.name === name))).toEqual([]);
});

it('the documentation has the tokens and arguments of each tool', () => {
  const page = readFileSync('docs/mcp.md', 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)`( ●)? \| (\d+) \| (.*?) \|/gm)];
  const documented = rows.map(([, name, mark, tokens, given = '']) => ({
    name,
    isAlwaysLoaded: mark !== undefined,
    tokens: Number(tokens),
    arguments: given.replaceAll(/\([^)]*\)/g, '').match(/(?<=`)\w+(?=`)/g),
  }));
  const defined = TOOLS.map((tool) => ({
    name: tool.name,
    isAlwaysLoaded: tool.isAlwaysLoaded === true,
    tokens: tokensOf(sent(tool)),
    arguments: Object.keys(tool.schema.properties),
  }));
  expect(documented).toEqual(defined);
  expect(page).toContain(
    `by o200k_base: ${defined.reduce((sum, { tokens }) => sum + tokens, 0).toLocaleString('en')} in all`,
  );
});
