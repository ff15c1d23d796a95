import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { findCredentialsFile, readStoredKey, removeStoredKey, saveStoredKey } from '../../src/endpoint/stored-keys.js';
import { makeFolder } from '../support/temporary.js';

const AT = '2026-12-01T00:00:00.000Z';
let path: string;
beforeEach(async () => {
  path = findCredentialsFile({ XDG_CONFIG_HOME: join(await makeFolder(), 'config') })!;
});

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

it('is a file of its user alone, in a folder of theirs alone, and no draft stays', () => {
  saveStoredKey(path, 'https://one.example', 'mor_one', AT);
  expect([modeOf(path), modeOf(dirname(path))]).toEqual(['600', '700']);
  expect(readdirSync(dirname(path))).toEqual(['credentials.json']);
});

it('has a key for each address, however it is spelled', () => {
  saveStoredKey(path, 'https://one.example/', 'mor_first', AT);
  saveStoredKey(path, 'https://two.example/mooring', 'mor_two', AT);
  saveStoredKey(path, 'HTTPS://One.Example:443', 'mor_one', AT);
  expect(readStoredKey(path, 'https://one.example')).toBe('mor_one');
  expect(readStoredKey(path, 'https://two.example/mooring/')).toBe('mor_two');
  for (const other of ['http://one.example', 'https://one.example:8443', 'https://two.example', 'https://__proto__'])
    expect(readStoredKey(path, other)).toBeNull();
});

it('loses the key that is removed, and no other', () => {
  saveStoredKey(path, 'https://one.example', 'mor_one', AT);
  saveStoredKey(path, 'https://two.example', 'mor_two', AT);
  expect(removeStoredKey(path, 'https://one.example')).toBe(true);
  expect(removeStoredKey(path, 'https://one.example')).toBe(false);
  expect([readStoredKey(path, 'https://one.example'), readStoredKey(path, 'https://two.example')]).toEqual([
    null,
    'mor_two',
  ]);
  expect(readFileSync(path, 'utf8')).not.toContain('mor_one');
});

it('has no keys when it is missing, and is not made by reading', () => {
  expect(readStoredKey(path, 'https://one.example')).toBeNull();
  expect(removeStoredKey(path, 'https://one.example')).toBe(false);
  expect(existsSync(dirname(path))).toBe(false);
});

it.each([0o644, 0o620, 0o604])('is not read with the permissions %o, which the error says how to mend', (mode) => {
  saveStoredKey(path, 'https://one.example', 'mor_canary', AT);
  chmodSync(path, mode);
  const act = () => readStoredKey(path, 'https://one.example');
  expect(act).toThrow(`${path} has the permissions 0${mode.toString(8)}`);
  expect(act).toThrow(expect.objectContaining({ hint: expect.stringContaining(`chmod 600 ${path}`) }));
  expect(act).not.toThrow('mor_canary');
  expect(() => saveStoredKey(path, 'https://two.example', 'mor_two', AT)).toThrow('permissions');
});

it.each(['', '{', 'null', '[]', '{"servers":{"https://one.example":{"key":7}}}'])(
  'is not guessed at when it is %j',
  (text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode: 0o600 });
    expect(() => readStoredKey(path, 'https://one.example')).toThrow(`${path} is damaged`);
    expect(() => saveStoredKey(path, 'https://one.example', 'mor_one', AT)).toThrow('is damaged');
    expect(readFileSync(path, 'utf8')).toBe(text);
  },
);

it('is in .config of the home, when XDG_CONFIG_HOME names no absolute folder', () => {
  const usual = findCredentialsFile({});
  expect(usual).toMatch(/\.config\/mooring\/credentials\.json$/);
  expect(findCredentialsFile({ XDG_CONFIG_HOME: 'here' })).toBe(usual);
  expect(findCredentialsFile({ XDG_CONFIG_HOME: '/conf' })).toBe('/conf/mooring/credentials.json');
});
