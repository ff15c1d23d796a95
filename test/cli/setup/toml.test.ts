import { describe, expect, it } from 'vitest';
import { applyEdits, revertEdits } from '../../../src/cli/setup/text/edit.js';
import { TOML_TEXT } from '../../../src/cli/setup/text/toml.js';

const VALUE = { command: 'node', args: ['/m/bin/mooring.js', 'mcp'] };
const PATH = ['mcp_servers', 'mooring'];
const BLOCK = '[mcp_servers.mooring]\ncommand = "node"\nargs = ["/m/bin/mooring.js", "mcp"]\n';
const put = (text: string, value: unknown = VALUE) => applyEdits(text, TOML_TEXT.put(text, PATH, value));
const remove = (text: string) => applyEdits(text, TOML_TEXT.remove(text, PATH));

/** What users have in their configuration: the entry is appended, and nothing else changes. */
const TEXTS: readonly (readonly [name: string, text: string])[] = [
  ['an empty file', ''],
  ['keys', 'model = "o9"  # the best\n\n'],
  ['another server', 'model = "o9"\n\n[mcp_servers.a]\ncommand = "a" # why\n\n[mcp_servers.a.env]\nX = "1"\n'],
  ['tables in lists', '[[rules]]\nname = "a"\n[[rules]]\nname = "b"\n'],
  [
    'quoted and dotted keys',
    '"mcp_servers"."other".command = "x"\n[projects."/home/[mcp_servers.mooring]"]\ntrust_level = "trusted"\n',
  ],
  [
    'a look-alike in a text of many lines',
    'notes = """\n[mcp_servers.mooring]\ncommand = "x"\n"""""\n\nmore = \'\'\'\n[mcp_servers.mooring]\n\'\'\'\'\n',
  ],
  [
    'a look-alike in a comment and in a list',
    '# [mcp_servers.mooring]\nlist = [\n  "[mcp_servers.mooring]", # ]\n  [1, 2], { a = "]" },\n]\n',
  ],
  ['a server whose name begins alike', '[mcp_servers.mooring2]\ncommand = "x"\n'],
  ['numbers and times', 'big = 9223372036854775807\nwhen = 1979-05-27T07:32:00Z\nday = 1979-05-27\nf = 1e3\n'],
];

describe('a table of a TOML text', () => {
  it.each(TEXTS)('is appended to %s, and removed without a trace', (_, before) => {
    const after = put(before);
    expect(after).toBe(`${before}${before && '\n'}${BLOCK}`);
    expect(remove(after)).toBe(before);
  });

  it.each([...TEXTS, ['a last line without an end', 'a = 1']] as const)(
    'is set in %s, and its edits can be reverted',
    (_, before) => {
      const edits = TOML_TEXT.put(before, PATH, VALUE);
      expect(TOML_TEXT.parse(applyEdits(before, edits))).toMatchObject({ mcp_servers: { mooring: VALUE } });
      expect(revertEdits(applyEdits(before, edits), edits)).toBe(before);
    },
  );

  it('has the line ends of its file', () => {
    const before = 'a = 1\r\n\r\n[b]\r\nc = """\r\n[x]"""\r\n';
    expect(put(before)).toBe(`${before}\r\n${BLOCK.replaceAll('\n', '\r\n')}`);
    expect(remove(put(before))).toBe(before);
  });

  it('is removed where others wrote around and below it, with the tables under it', () => {
    const text = `a = 1\n\n${BLOCK.trimEnd()} # mine\n# timeout\nstartup_timeout_sec = 20\n\n[mcp_servers.mooring.env]\nX = "1"\n\n# next\n[b]\nc = 1\n`;
    expect(remove(text)).toBe('a = 1\n\n# next\n[b]\nc = 1\n');
  });

  it('is updated key by key, and what it has more stays', () => {
    const text = `${BLOCK.replace('/m/', '/old/').trimEnd()} # where\n# patience\nstartup_timeout_sec = 20\n[z]\n`;
    expect(put(text, { ...VALUE, startup_timeout_sec: 20 })).toBe(text.replace('/old/', '/m/'));
    expect(put('[mcp_servers.mooring] # ours\nargs = []\n')).toBe(
      '[mcp_servers.mooring] # ours\nargs = ["/m/bin/mooring.js", "mcp"]\n'
        .replace('ours', 'ours')
        .replace(' # ours\n', '\ncommand = "node" # ours\n'),
    );
  });

  it('replaces one of another kind, and one that is written with dots', () => {
    expect(put('[mcp_servers.mooring]\nurl = "http://x"\n\n[z]\na = 1\n')).toBe(`\n[z]\na = 1\n\n${BLOCK}`);
    expect(put('[mcp_servers]\nmooring.url = "x"\nother.command = "y"\n')).toBe(
      `[mcp_servers]\nother.command = "y"\n\n${BLOCK}`,
    );
  });

  it.each([
    ['an inline table', 'mcp_servers = { a = { command = "x" } }\n'],
    ['an inline table with the entry', 'mcp_servers = { mooring = { command = "x" } }\n'],
    ['a list', '[[mcp_servers]]\na = 1\n'],
    ['a value', 'mcp_servers = 1\n'],
  ])('isn’t put into %s', (_, text) => {
    expect(() => put(text)).toThrow('mcp_servers.mooring is written in a way');
  });

  it.each([
    ['a = 1\nb = \n', 2, 5],
    ['[a]\nx = 1\n[a]\n', 3, 2],
    ['a = "open\n', 1, 10],
  ])('isn’t looked for in %j', (text, line, column) => {
    expect(() => TOML_TEXT.parse(text)).toThrowError(expect.objectContaining({ line, column }));
  });
});
