import { describe, expect, it } from 'vitest';
import { SESSION_DEFAULTS, type Session } from '../../src/domain/session.js';
import { markdownFormat } from '../../src/services/sessions/export/markdown.js';
import { aMemory, aSession } from '../support/records.js';

/** A message as it stands in the document, without its heading. */
function shown(role: 'USER' | 'SYSTEM', content: string): string {
  const memory = aMemory({ role, content, kind: 'MESSAGE', pinned: false, occurredAt: '2026-01-01T00:00:00.000Z' });
  const text = markdownFormat.message(memory, true);
  const [heading] = /^\n## \w+, 2026-01-01 00:00:00 UTC\n\n/.exec(text)!;
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(heading.length, -1);
}

const FAKE = '## Assistant, 2026-01-01 00:00:00 UTC';

/** Every result was rendered by markdown-it and by cmark, without and with GitHub's extensions, between other messages. */
describe('a message in Markdown', () => {
  it.each([
    ['Plain *text* with a < b, 1 <2 and <3.', 'Plain *text* with a < b, 1 <2 and <3.'],
    // Headings like those of the document.
    [`x\n\n${FAKE}\n\nI agree.`, `x\n\n##${FAKE}\n\nI agree.`],
    ['# a\n   ## b\n##### c\n####### d\n#e\n##', '### a\n   #### b\n###### c\n####### d\n#e\n####'],
    ['## As&#115;istant, 2026', '#### As&#115;istant, 2026'],
    ['Assistant\n---\nx\n  ===\ny\n-', 'Assistant\n\n---\nx\n\n  ===\ny\n\n-'],
    ['x\n\n---\n\n    ---', 'x\n\n---\n\n    ---'],
    [`a\u2028${FAKE}`, `a\u2028${FAKE}`],
    [`a\r${FAKE}`, `a\n##${FAKE}`],
    // Raw HTML.
    ['<!-- unfinished', '\\<!-- unfinished'],
    ['<script>\n\nx', '\\<script>\n\nx'],
    ['<pre>\n<style>\n<textarea>', '\\<pre>\n\\<style>\n\\<textarea>'],
    ['<?php\n<!DOCTYPE\n<![CDATA[', '\\<?php\n\\<!DOCTYPE\n\\<![CDATA['],
    ['- <!--\n> <!--\n  1. <div hidden>', '- \\<!--\n> \\<!--\n  1. \\<div hidden>'],
    ['a <details> b </p>', 'a \\<details> b \\</p>'],
    [`<h2>${FAKE.slice(3)}</h2>`, `\\<h2>${FAKE.slice(3)}\\</h2>`],
    ['Array<T> and <a href="`">`</a>', 'Array\\<T> and \\<a href="`">`\\</a>'],
    ['<https://x.org/?a=1> <mailto:a@b.c>', '<https://x.org/?a=1> <mailto:a@b.c>'],
    ['<https://x.org/ onclick>', '&lt;https://x.org/ onclick>'],
    ['\\<a> \\\\<b> \\\\\\<c> \\', '\\<a> \\\\\\<b> \\\\\\<c> \\'],
    ['www.x.org\\<a>', 'www.x.org&lt;a>'],
    // Code in a line.
    ['`<a>` ``<b> ` <c>`` <d>', '`<a>` ``<b> ` <c>`` \\<d>'],
    ['a ` b\n` <a> `', 'a ` b\n` \\<a> `'],
    ['- a `\n- ` <a> `', '- a `\n- ` \\<a> `'],
    ['a `\n\n`<a>`', 'a `\n\n`<a>`'],
    ['\\`<a>`', '\\`\\<a>`'],
    ['[x](`) <a> `', '[x](`) \\<a> `'],
    ['[x](<)`>) <a> `', '[x](<)`>) \\<a> `'],
    ['[x](\n`) `<a>`', '[x](\n`) `\\<a>`'],
    ['[x][`] <a> `\n\n[`]: /u', '[x][`] \\<a> `\n\n[`]: /u'],
    ['[x](/u) `<a>`', '[x](/u) `<a>`'],
    ['http://x/` <a> `', 'http://x/` &lt;a> `'],
    ['| ` | b |\n|---|---|\n| ` | <a> ` |', '| ` | b |\n|---|---|\n| ` | \\<a> ` |'],
    ['a|b\n-|-\n`|<a>`|`<b>`', 'a|b\n-|-\n`|\\<a>`|`<b>`'],
    // Blocks of code at the margin.
    ['```html\n<!-- x\n# y\n---\n```\n<a>', '```html\n<!-- x\n# y\n---\n```\n\\<a>'],
    ['```\n<a>', '```\n<a>\n```'],
    ['~~~~ `x`\n```\n~~~\n<a>', '~~~~ `x`\n```\n~~~\n<a>\n~~~~'],
    ['````\n```\n    ````\n<a>', '````\n```\n    ````\n<a>\n````'],
    ['``` a`b\n<a>', '``` a`b\n\\<a>'],
    ['```\u2028`\n<a>', '```\u2028`\n\\<a>'],
    ['text\n```\n<a>\n``` x\n```', 'text\n```\n<a>\n``` x\n```'],
    ['    <a>', '    \\<a>'],
    // In a list: all of the block is indented as its first line is.
    ['1. x\n\n   ```\n   <a>\n\n     y\n   ```\n2. <b>', '1. x\n\n   ```\n   <a>\n\n     y\n   ```\n2. \\<b>'],
    ['- x\n  ~~~\n  <a>\n  ~~~', '- x\n  ~~~\n  <a>\n  ~~~'],
    ['1. x\n\n    ```\n    <a>\n    ```\n<b>', '1. x\n\n    ```\n    <a>\n    ```\n\\<b>'],
    ['- x\n\n\t```\n\t<a>\n\t```', '- x\n\n\t```\n\t<a>\n\t```'],
    ['x\n    ```\n    <a>\n\n    b\n    ```', 'x\n    ```\n    \\<a>\n\n    b\n    ```'],
    // Elsewhere it depends on the list where it ends.
    ['- ```js\n  f()\n  ```\nafter', '> - ```js\n>   f()\n>   ```\n> after'],
    ['2) ~~~\n   <a>\n   ~~~', '> 2) ~~~\n>    \\<a>\n>    ~~~'],
    ['- 1. ```\n     x\n     ```', '> - 1. ```\n>      x\n>      ```'],
    [`- x\n  \`\`\`\ny\n  \`\`\`\n${FAKE}`, `> - x\n>   \`\`\`\n> y\n>   \`\`\`\n> ${FAKE}`],
    ['- x\n\n  ```\n  y', '> - x\n>\n>   ```\n>   y'],
    ['1. x\n\n    ```\n    <!--\n   ```', '> 1. x\n>\n>     ```\n>     \\<!--\n>    ```'],
    ['1. x\n\n     ```\n     y\n         ```', '> 1. x\n>\n>      ```\n>      y\n>          ```'],
    ['``` a|b\n---|---\n```', '> ``` a|b\n> ---|---\n> ```'],
    // A quotation ends with its last line, and its code with it.
    ['> ```\n> x\n\nafter', '> ```\n> x\n\nafter'],
    ['> ```\nx\n```', '> ```\nx\n```\n```'],
    ['> - ```\n>   <a>\n>   ```\nafter', '> - ```\n>   \\<a>\n>   ```\nafter'],
  ])('hides and fakes nothing: %j', (content, expected) => {
    expect(shown('USER', content)).toBe(expected);
  });

  it.each([
    ['# a\n\n- ```\nb', '> # a\n>\n> - ```\n> b'],
    ['<rules>\n```\n<a>\n```', '> \\<rules>\n> ```\n> <a>\n> ```'],
    ['- x\n\n   ```\n\t<!--\n   ```', '> - x\n>\n>    ```\n> \t\\<!--\n>    ```'],
  ])('of another role is quoted: %j', (content, expected) => {
    expect(shown('SYSTEM', content)).toBe(expected);
  });
});

it("a tool's name hides nothing", () => {
  const memory = aMemory({ role: 'TOOL', content: 'x', toolName: '<!--', toolCallId: '<a>', kind: 'MESSAGE' });
  expect(markdownFormat.message(memory, true)).toContain('\n## Tool \\<!-- (\\<a>), 20');
});

describe('what a session says of itself in Markdown', () => {
  const begin = (facts: Partial<Session>) =>
    markdownFormat.begin(
      aSession({ ...SESSION_DEFAULTS, startedAt: '2026-01-01T00:00:00.000Z', activeAt: null, ...facts }),
    );

  it.each([
    [{ title: '<!-- a' }, '# \\<!-- a\n\n2026-01-01 00:00 UTC\n'],
    [{ title: 'Use `Array<T>`' }, '# Use `Array<T>`\n\n2026-01-01 00:00 UTC\n'],
    [{ title: 'x', agent: '```' }, '# x\n\n\\``` · 2026-01-01 00:00 UTC\n'],
    [{ title: 'x', agent: '~~~' }, '# x\n\n\\~~~ · 2026-01-01 00:00 UTC\n'],
    [{ title: 'x', agent: FAKE }, `# x\n\n\\${FAKE} · 2026-01-01 00:00 UTC\n`],
    [{ title: 'x', agent: '<b>', model: 'm' }, '# x\n\n\\<b> · m · 2026-01-01 00:00 UTC\n'],
  ])('hides and fakes nothing: %j', (facts, expected) => {
    expect(begin(facts)).toBe(expected);
  });
});
