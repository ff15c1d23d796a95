import { describe, expect, it } from 'vitest';
import { normalizePath, pathKey } from '../../src/util/path.js';

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
    ['\\\\?\\c:\\work\\..\\..\\app\\', '\\\\?\\C:\\app'],
    ['//?/C:/work//app/', '\\\\?\\C:\\work\\app'],
    ['\\\\?\\UNC\\Server\\share\\x\\..\\..\\..\\app', '\\\\?\\UNC\\Server\\share\\app'],
  ])('%s is kept as %s', (path, kept) => {
    expect(normalizePath(path, 'linux')).toBe(kept);
    expect(normalizePath(kept, 'linux')).toBe(kept);
  });

  it.each(['', '.', 'work', './work', '../work', '~/work', 'C:', 'C:work', '\\work', 'file:///work'])(
    '%s is not absolute',
    (path) => {
      expect(normalizePath(path)).toBeNull();
      expect(pathKey(path)).toBeNull();
    },
  );
});

const composed = 'caf\u00e9';
const decomposed = 'cafe\u0301';

describe('the key of a path', () => {
  it.each([
    ['upper and lower case', ['C:\\Work\\App', 'c:\\work\\app', 'C:\\WORK\\APP']],
    ['letters of other scripts', ['C:\\Größe\\Σας', 'c:\\GRÖßE\\σασ', 'C:\\größe\\ΣΑΣ']],
    ['composed and decomposed characters', [`C:\\${composed}`, `C:\\${decomposed}`, 'C:\\CAFE\u0301', 'C:\\CAF\u00c9']],
    ['separators', ['C:\\work\\app', 'C:/work/app', 'c:\\work/app/', 'C:\\\\work\\\\app\\\\', 'C://work//app']],
    ['parts that lead nowhere', ['C:\\work\\app', 'C:\\.\\work\\x\\..\\app\\.', 'C:\\..\\work\\app']],
    [
      "the system's own form of a drive",
      [
        'C:\\work',
        '\\\\?\\C:\\work\\',
        '\\\\.\\c:\\WORK',
        '//?/C:/work',
        '\\\\?\\C:\\a\\..\\work',
        '//./C:/x/../../work',
      ],
    ],
    ['the root of a drive', ['C:\\', 'c:/', '\\\\?\\C:\\', 'C:\\..\\..']],
    [
      'shares',
      [
        '\\\\Server\\Share\\app',
        '\\\\server\\share\\app\\',
        '\\\\SERVER/share//App',
        '\\\\?\\UNC\\server\\share\\app',
        '//?/unc/SERVER/share/app/',
      ],
    ],
  ])('of Windows is one for %s, wherever the server runs', (_, spellings) => {
    for (const platform of ['linux', 'darwin', 'win32'] as const)
      expect(new Set(spellings.map((path) => pathKey(path, platform))).size).toBe(1);
  });

  it.each(['darwin', 'win32'] as const)('on %s is one whatever the case and the composition', (platform) => {
    const spellings = [`/Users/me/${composed}`, `/users/ME/${decomposed}/`, '/USERS//./me/CAFE\u0301'];
    expect(new Set(spellings.map((path) => pathKey(path, platform))).size).toBe(1);
  });

  it('on Windows takes a share with slashes for a share', () => {
    expect(pathKey('//Server/share/app', 'win32')).toBe(pathKey('\\\\server\\share\\app', 'win32'));
    expect(pathKey('//server/share/app', 'linux')).toBe('/server/share/app');
  });

  it('elsewhere distinguishes names by their characters', () => {
    const folders = ['/work/app', '/work/App', `/work/${composed}`, `/work/${decomposed}`, '/work/app\\', '/work/app '];
    expect(new Set(folders.map((path) => pathKey(path, 'linux'))).size).toBe(folders.length);
    expect(pathKey('//work/./x/../app/', 'linux')).toBe('/work/app');
  });

  it.each([
    ['ß and ss', 'C:\\straße', 'C:\\strasse'],
    ['ı and i', 'C:\\ısı', 'C:\\isi'],
    ['two drives', 'C:\\app', 'D:\\app'],
    ['a drive and a share', 'C:\\app', '\\\\C\\app'],
    ['two shares', '\\\\server\\one', '\\\\server\\other'],
    ['a path of Windows and one that only looks alike', 'C:\\work', '/C:/work'],
  ])('distinguishes %s', (_, one, other) => {
    for (const platform of ['linux', 'darwin', 'win32'] as const)
      expect(pathKey(one, platform)).not.toBe(pathKey(other, platform));
  });
});
