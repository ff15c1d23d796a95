import { describe, expect, it } from 'vitest';
import { applyEdits, revertEdits } from '../../../src/cli/setup/text/edit.js';
import { JSON_TEXT } from '../../../src/cli/setup/text/json.js';
import { TOML_TEXT } from '../../../src/cli/setup/text/toml.js';
import { amount } from '../../support/extent.js';

/** Texts as nobody would write them, but may: spaces, comments and line ends wherever the format allows them. */

type Random = (below: number) => number;
function randomOf(seed: number): Random {
  let state = seed + 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
const oneOf = <T>(random: Random, ...values: readonly T[]): T => values[random(values.length)]!;

const VALUE = { command: 'node', args: ['/m/mooring.js', 'mcp'], alwaysLoad: true };

function jsonText(random: Random): string {
  const eol = oneOf(random, '\n', '\r\n');
  const gap = (): string =>
    Array.from({ length: random(3) }, () =>
      oneOf(random, ' ', '\t', eol, `${eol}    `, `// }, " ${eol}`, '/* , { */', `/*${eol}*/`),
    ).join('');
  const trailing = () => (random(4) === 0 ? `,${gap()}` : '');
  const value = (depth: number): string => {
    switch (depth > 2 ? random(4) : random(7)) {
      case 0:
        return '"a \\" // , } \\u00e9"';
      case 1:
        return '-1.5e3';
      case 2:
        return oneOf(random, 'true', 'null');
      case 3:
        return oneOf(random, '{}', '[]');
      case 4:
        return list(depth);
      default:
        return table(depth, ['x', 'y', 'z'].slice(random(3)));
    }
  };
  const list = (depth: number) =>
    `[${gap()}${value(depth + 1)}${gap()},${gap()}${value(depth + 1)}${gap()}${trailing()}]`;
  const member = (key: string, text: string) => `${gap()}"${key}"${gap()}:${gap()}${text}${gap()}`;
  const table = (depth: number, keys: readonly string[]) =>
    `{${keys.map((key) => member(key, value(depth + 1))).join(',')}${keys.length > 0 ? trailing() : gap()}}`;
  const servers = table(1, ['a', 'b'].slice(random(3)));
  const members = [member('first', value(1)), member('mcpServers', servers), member('last', value(1))];
  return `${gap()}{${members.slice(random(2), 2 + random(2)).join(',')}${trailing()}}${gap()}`;
}

function tomlText(random: Random): string {
  const eol = oneOf(random, '\n', '\r\n');
  const value = (): string =>
    oneOf(
      random,
      '"[mcp_servers.mooring] # \\""',
      "'[x]'",
      `"""${eol}[mcp_servers.mooring]${eol}a = 1${eol}""\\""""""`,
      `'''${eol}[mcp_servers.mooring]${eol}'''''`,
      `[${eol}  1, # ]${eol}  2,${eol}]`,
      '{ a = "}", b = [1] }',
      '1979-05-27T07:32:00Z',
      '9223372036854775807',
      'true',
    );
  const end = () => oneOf(random, eol, ` # [mcp_servers.mooring]${eol}`, `${eol}${eol}`, `  ${eol}# "${eol}`);
  const keys = (prefix: string) =>
    Array.from({ length: random(4) }, (_, n) => `${oneOf(random, '', '  ')}${prefix}${n} = ${value()}${end()}`).join(
      '',
    );
  const tables = ['[mcp_servers.a]', '[mcp_servers.a.env]', '[ "mcp_servers" . b ]', '[[list]]', '[[list]]', "['x.y']"];
  return (
    keys('k') +
    tables
      .slice(random(6))
      .map((header) => `${header}${end()}${keys('"q".r')}${keys('p')}`)
      .join('')
  );
}

const TIMES = amount({ quick: 400, all: 20_000 });

describe('a random text', () => {
  it('in JSON gets an entry, loses nothing, and is the same without it', () => {
    for (let seed = 0; seed < TIMES; seed++) {
      const before = jsonText(randomOf(seed));
      const parsed = JSON_TEXT.parse(before);
      const path = ['mcpServers', 'mooring'];
      const edits = JSON_TEXT.put(before, path, VALUE);
      const after = applyEdits(before, edits);
      const expected = { ...parsed, mcpServers: { ...(parsed.mcpServers as object), mooring: VALUE } };
      expect(JSON_TEXT.parse(after), before).toEqual(expected);
      expect(edits.map(({ removed }) => removed.trim()).join(''), before).toBe('');
      expect(revertEdits(after, edits)).toBe(before);
      const without = applyEdits(after, JSON_TEXT.remove(after, path));
      expect(JSON_TEXT.parse(without), after).toEqual({ ...parsed, mcpServers: parsed.mcpServers ?? {} });
      expect(remarksIn(without), after).toEqual(remarksIn(before));
    }
  });

  it('in TOML gets a table, loses nothing, and is the same without it', () => {
    for (let seed = 0; seed < TIMES; seed++) {
      const before = tomlText(randomOf(seed));
      const path = ['mcp_servers', 'mooring'];
      const edits = TOML_TEXT.put(before, path, VALUE);
      const after = applyEdits(before, edits);
      expect(after.startsWith(before), before).toBe(true);
      expect(revertEdits(after, edits)).toBe(before);
      expect(applyEdits(after, TOML_TEXT.remove(after, path)), after).toBe(before);
    }
  });
});

const remarksIn = (text: string) => text.match(/\/\/ \}, " |\/\* , \{ \*\//g);
