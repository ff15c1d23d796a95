import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { applyEdits, revertEdits } from '../../../src/cli/setup/text/edit.js';
import { JSON_TEXT } from '../../../src/cli/setup/text/json.js';

const VALUE = { command: 'node', args: ['/m/bin/mooring.js', 'mcp'] };
const PATH = ['mcpServers', 'mooring'];
const put = (text: string, path: readonly (string | number)[] = PATH, value: unknown = VALUE) =>
  applyEdits(text, JSON_TEXT.put(text, path, value));
const remove = (text: string, path: readonly (string | number)[] = PATH) =>
  applyEdits(text, JSON_TEXT.remove(text, path));

/** Texts that have the table already, with what stands in them after the entry was put there. */
const KEPT: readonly (readonly [name: string, before: string, after: string])[] = [
  [
    'two spaces, as most programs write',
    '{\n  "mcpServers": {\n    "a": {}\n  },\n  "z": 1\n}\n',
    '{\n  "mcpServers": {\n    "a": {},\n    "mooring": {\n      "command": "node",\n      "args": ["/m/bin/mooring.js", "mcp"]\n    }\n  },\n  "z": 1\n}\n',
  ],
  [
    'tabs, and no line break at the end',
    '{\n\t"mcpServers": {\n\t\t"a": {}\n\t}\n}',
    '{\n\t"mcpServers": {\n\t\t"a": {},\n\t\t"mooring": {\n\t\t\t"command": "node",\n\t\t\t"args": ["/m/bin/mooring.js", "mcp"]\n\t\t}\n\t}\n}',
  ],
  [
    'CRLF',
    '{\r\n    "mcpServers": {\r\n        "a": {}\r\n    }\r\n}\r\n',
    '{\r\n    "mcpServers": {\r\n        "a": {},\r\n        "mooring": {\r\n            "command": "node",\r\n            "args": ["/m/bin/mooring.js", "mcp"]\r\n        }\r\n    }\r\n}\r\n',
  ],
  [
    'comments everywhere and a trailing comma',
    '// mine\n{\n  /* servers */\n  "mcpServers": {\n    // first\n    "a": {}, // why a\n    // last words\n  }, // end\n}\n',
    '// mine\n{\n  /* servers */\n  "mcpServers": {\n    // first\n    "a": {}, // why a\n    "mooring": {\n      "command": "node",\n      "args": ["/m/bin/mooring.js", "mcp"]\n    },\n    // last words\n  }, // end\n}\n',
  ],
  [
    'a remark after the last entry, with a comma in it',
    '{\n  "mcpServers": {\n    "a": {} // one, two\n  }\n}\n',
    '{\n  "mcpServers": {\n    "a": {}, // one, two\n    "mooring": {\n      "command": "node",\n      "args": ["/m/bin/mooring.js", "mcp"]\n    }\n  }\n}\n',
  ],
  [
    'spaces at the end of a line',
    '{\n  "mcpServers": {\n    "a": {}  \n  }  \n}  \n',
    '{\n  "mcpServers": {\n    "a": {},\n    "mooring": {\n      "command": "node",\n      "args": ["/m/bin/mooring.js", "mcp"]\n    }  \n  }  \n}  \n',
  ],
  [
    'a minified text',
    '{"mcpServers":{"a":{"b":1}},"z":1}',
    '{"mcpServers":{"a":{"b":1},"mooring":{"command":"node","args":["/m/bin/mooring.js","mcp"]}},"z":1}',
  ],
  [
    'one line with spaces',
    '{ "mcpServers": { "a": 1 } }\n',
    '{ "mcpServers": { "a": 1, "mooring": { "command": "node", "args": ["/m/bin/mooring.js", "mcp"] } } }\n',
  ],
  [
    'one line with a trailing comma',
    '{ "mcpServers": { "a": 1, } }\n',
    '{ "mcpServers": { "a": 1, "mooring": { "command": "node", "args": ["/m/bin/mooring.js", "mcp"] }, } }\n',
  ],
  [
    'an empty table on one line',
    '{"mcpServers":{}}',
    '{"mcpServers":{"mooring":{"command":"node","args":["/m/bin/mooring.js","mcp"]}}}',
  ],
  [
    'a closing brace behind the last entry',
    '{\n  "mcpServers": {\n    "a": 1 } }',
    '{\n  "mcpServers": {\n    "a": 1,\n    "mooring": {\n      "command": "node",\n      "args": ["/m/bin/mooring.js", "mcp"]\n    } } }',
  ],
];

/** Texts in which the table, or more, is missing: what made it is remembered elsewhere. */
const MADE: readonly (readonly [name: string, before: string])[] = [
  ['nothing', ''],
  ['only spaces', ' \n\n'],
  ['an empty object', '{}'],
  ['an empty object of two lines', '{\n}\n'],
  ['another table', '{\n  "z": {\n    "y": [1, 2]\n  }\n}\n'],
  ['only a comment', '{\n  // later\n}\n'],
  ['a comment on one line', '{ /* later */ }'],
  ['an empty table with a comment', '{\n  "mcpServers": {\n    // none yet\n  }\n}\n'],
  ['an empty table', '{\n  "mcpServers": {}\n}\n'],
];

describe('an entry of a JSON text', () => {
  it.each(KEPT)('is written in the style of %s, and removed without a trace', (_, before, after) => {
    expect(put(before)).toBe(after);
    expect(remove(after)).toBe(before);
  });

  it.each([...KEPT, ...MADE].map(([name, before]) => [name, before] as const))(
    'is set in %s, and its edits can be reverted',
    (_, before) => {
      const edits = JSON_TEXT.put(before, PATH, VALUE);
      const after = applyEdits(before, edits);
      expect(JSON_TEXT.parse(after)).toEqual({
        ...(parse(before) ?? {}),
        mcpServers: { ...parse(before)?.mcpServers, mooring: VALUE },
      });
      expect(revertEdits(after, edits)).toBe(before);
      expect(JSON_TEXT.parse(remove(after))).toMatchObject(parse(before) ?? {});
    },
  );

  it('keeps what another program wrote behind it', () => {
    const after = put('{\n  "mcpServers": {\n    "a": {}\n  }\n}\n');
    const both = put(after, ['mcpServers', 'later'], 1);
    expect(remove(both)).toBe('{\n  "mcpServers": {\n    "a": {},\n    "later": 1\n  }\n}\n');
    expect(remove('{ "mcpServers": { "mooring": {}, "b": 1 } }')).toBe('{ "mcpServers": { "b": 1 } }');
    expect(remove('{ "mcpServers": { "a": 1, "mooring": {}, "b": 1 } }')).toBe('{ "mcpServers": { "a": 1, "b": 1 } }');
    expect(remove('{"mcpServers":{"a":1,"mooring":{} /* x */ , /* y */ "b":1}}')).toBe(
      '{"mcpServers":{"a":1, /* y */ "b":1}}',
    );
  });

  it('replaces the one that is there, and of two with one name the last, which counts', () => {
    const twice = '{\n  "mcpServers": {\n    "mooring": 1, // old\n    "mooring": 2 // new\n  }\n}\n';
    expect(put(twice, PATH, { a: true })).toBe(
      '{\n  "mcpServers": {\n    "mooring": 1, // old\n    "mooring": {\n      "a": true\n    } // new\n  }\n}\n',
    );
  });

  it('is an element of a list', () => {
    const before = '{\n  "hooks": {\n    "Stop": [\n      { "hooks": [1] }\n    ]\n  }\n}\n';
    const after = put(before, ['hooks', 'Stop', 1], { hooks: [] });
    expect(after).toBe(
      '{\n  "hooks": {\n    "Stop": [\n      { "hooks": [1] },\n      {\n        "hooks": []\n      }\n    ]\n  }\n}\n',
    );
    expect(remove(after, ['hooks', 'Stop', 1])).toBe(before);
    expect(JSON_TEXT.parse(put(before, ['hooks', 'SessionStart', 0], 7))).toEqual({
      hooks: { Stop: [{ hooks: [1] }], SessionStart: [7] },
    });
  });

  it.each([
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'comma expected'],
    ['{\r\n  "a": tru\r\n}', 2, 8, 'invalid symbol'],
    ['[]', 1, 1, 'not an object'],
    ['"text"', 1, 1, 'not an object'],
    ['{} {}', 1, 4, 'end of file expected'],
    ['{ /* }', 1, 3, 'unexpected end of comment'],
  ])('isn’t looked for in %j', (text, line, column, message) => {
    expect(() => JSON_TEXT.parse(text)).toThrowError(
      expect.objectContaining({ line, column, message: expect.stringContaining(message) }),
    );
  });

  it('isn’t put where something else is', () => {
    expect(() => put('{"mcpServers": []}')).toThrow('there is array where object belongs');
    expect(() => put('{"mcpServers": null}')).toThrow('there is null where object belongs');
  });
});
