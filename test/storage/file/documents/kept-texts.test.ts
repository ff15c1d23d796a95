import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createKeptTexts } from '../../../../src/storage/file/documents/kept-texts.js';
import { layoutOf } from '../../../../src/storage/file/documents/layout.js';
import { makeFolder } from '../../../support/temporary.js';

describe('texts that are kept next to files', () => {
  let folder: string;
  const same = (text: string) => text;
  const dir = 'memories/2026/01/01';
  const pathOf = (name: string) => join(folder, dir, name);
  beforeEach(async () => {
    folder = await makeFolder();
    mkdirSync(join(folder, dir), { recursive: true });
  });

  it('go with their own file only, all of them', () => {
    const names = ['a.json', 'a.json.edited-1', 'a.json.edited-2', 'ab.json.edited-1', 'b.json', 'b.json.edited-1'];
    for (const name of names) writeFileSync(pathOf(name), '');
    const kept = createKeptTexts(layoutOf(folder), same);
    kept.removeOf(pathOf('a.json'));
    expect(readdirSync(join(folder, dir)).sort()).toEqual(['a.json', 'ab.json.edited-1', 'b.json', 'b.json.edited-1']);
    kept.removeOf(pathOf('b.json'));
    expect(readdirSync(join(folder, dir)).sort()).toEqual(['a.json', 'ab.json.edited-1', 'b.json']);
  });

  it('are found with one listing of a folder, however many files are removed', () => {
    for (let n = 0; n < 50; n += 1) writeFileSync(pathOf(`${n}.json.edited-1`), '');
    let listings = 0;
    const kept = createKeptTexts(layoutOf(folder), same, (of) => {
      listings += 1;
      return readdirSync(of);
    });
    for (let n = 0; n < 50; n += 1) kept.removeOf(pathOf(`${n}.json`));
    expect(readdirSync(join(folder, dir))).toEqual([]);
    expect(listings).toBe(1);
  });

  it('go though they were moved there after the folder was listed', () => {
    writeFileSync(pathOf('b.json'), 'a person’s');
    const kept = createKeptTexts(layoutOf(folder), same);
    kept.removeOf(pathOf('a.json'));
    expect(readdirSync(join(folder, dir))).toEqual(['b.json']);
    const path = kept.keep(pathOf('b.json'), Buffer.from('a person’s'));
    expect(readdirSync(join(folder, dir)).map(pathOf)).toEqual([path]);
    kept.removeOf(pathOf('b.json'));
    expect(readdirSync(join(folder, dir))).toEqual([]);
  });

  it('are kept without secrets, and the file is gone', () => {
    const layout = layoutOf(folder);
    mkdirSync(layout.temporary);
    writeFileSync(pathOf('b.json'), 'my secret');
    const kept = createKeptTexts(layout, (text) => text.replace('secret', '[redacted: password]'));
    const path = kept.keep(pathOf('b.json'), Buffer.from('my secret'));
    expect(readdirSync(join(folder, dir)).map(pathOf)).toEqual([path]);
    expect(readFileSync(path, 'utf8')).toBe('my [redacted: password]');
  });
});
