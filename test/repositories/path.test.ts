import { describe, expect, it } from 'vitest';
import { normalizePath } from '../../src/repositories/path.js';

describe('a path', () => {
  it.each([
    ['/', '/'],
    ['/work/app', '/work/app'],
    ['/work/app/', '/work/app'],
    ['//work///app/./x/..//', '/work/app'],
    ['/../work', '/work'],
    ['/with space/ü', '/with space/ü'],
    ['/back\\slash', '/back\\slash'],
    ['C:\\', 'C:\\'],
    ['c:/work/app/', 'C:\\work\\app'],
    ['C:\\work\\.\\app\\..\\lib\\', 'C:\\work\\lib'],
    ['\\\\server\\share\\app\\', '\\\\server\\share\\app'],
  ])('%s is kept as %s', (path, kept) => {
    expect(normalizePath(path)).toBe(kept);
    expect(normalizePath(kept)).toBe(kept);
  });

  it.each(['', '.', 'work', './work', '../work', '~/work', 'C:', 'C:work', '\\work', 'file:///work'])(
    '%s is not absolute',
    (path) => {
      expect(normalizePath(path)).toBeNull();
    },
  );
});
