import { expect, it } from 'vitest';
import { holdsKey, uniqueKeysOf } from '../../../src/storage/shared/unique-keys.js';

const spec = {
  unique: [
    { fields: ['owner', 'key'], among: 'live' },
    { fields: ['externalId'], among: 'all' },
  ],
} as const;
const document = { owner: 'a', key: 'plan', externalId: 'x', deletedAt: null };
const deleted = { ...document, deletedAt: '2026-01-31T09:30:00.000Z' };
const [byOwner, byExternalId] = uniqueKeysOf(spec, document);

it('a document holds the keys of which it has every field', () => {
  expect([byOwner, byExternalId]).toEqual([
    { fields: ['owner', 'key'], values: ['a', 'plan'], among: 'live' },
    { fields: ['externalId'], values: ['x'], among: 'all' },
  ]);
  expect(uniqueKeysOf(spec, { ...document, key: null })).toEqual([byExternalId]);
  expect(uniqueKeysOf(spec, { owner: 'a', key: 'plan' })).toEqual([byOwner]);
});

it('a deleted document holds only keys that are unique among all', () => {
  expect(uniqueKeysOf(spec, deleted)).toEqual([byExternalId]);
  expect([byOwner, byExternalId].map((key) => holdsKey(deleted, key!))).toEqual([false, true]);
});

it('another document holds a key when it has the same values', () => {
  expect(holdsKey({ ...document, externalId: null }, byOwner!)).toBe(true);
  expect(holdsKey({ ...document, key: 'other' }, byOwner!)).toBe(false);
});
