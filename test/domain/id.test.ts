import { describe, expect, it } from 'vitest';
import {
  CATALOG_KEY,
  createIdGenerator,
  findIdFault,
  invalidId,
  newProjectKey,
  parseId,
  projectKeyOf,
  withProjectKey,
} from '../../src/domain/id.js';

const key = 'abcdefgh';

describe('an id', () => {
  it('contains its kind and its project', () => {
    const id = createIdGenerator()('task', key);
    expect(id).toMatch(/^tsk_[0-9a-z]{26}$/);
    expect(parseId(id)).toEqual({ kind: 'task', projectKey: key });
  });

  it('keeps its time in another project, and as the id of another kind', () => {
    const id = createIdGenerator()('task', key);
    expect(projectKeyOf(id)).toBe(key);
    const middle = id.slice(4, 22);
    expect(withProjectKey(id, 'hgfedcba')).toBe(`tsk_${middle}hgfedcba`);
    expect(parseId(withProjectKey(id, 'hgfedcba', 'project'))).toEqual({ kind: 'project', projectKey: 'hgfedcba' });
  });

  it('is a UUIDv7 that carries its time', () => {
    const id = createIdGenerator(() => 1_700_000_000_000)('memory', key);
    const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
    const value = [...id.slice(4)].reduce((sum, char) => (sum << 5n) | BigInt(alphabet.indexOf(char)), 0n);
    expect(value >> 80n).toBe(1_700_000_000_000n);
    expect((value >> 76n) & 15n).toBe(7n);
    expect((value >> 62n) & 3n).toBe(2n);
  });

  it('is greater than the one before, in one millisecond, over a clock that steps back, and past an overflow', () => {
    const times = [5, 5, 5, 3, 5, 6];
    const starts = [(1n << 34n) - 2n, 7n, 9n];
    const next = createIdGenerator(
      () => times.shift()!,
      () => starts.shift()!,
    );
    const ids = Array.from({ length: 6 }, () => next('task', key));
    expect(new Set(ids).size).toBe(6);
    expect([...ids].sort()).toEqual(ids);
  });

  it('is refused when it is not one', () => {
    for (const bad of [
      '',
      'tsk_',
      `xyz_${'0'.repeat(26)}`,
      `tsk_8${'0'.repeat(25)}`,
      `tsk_${'0'.repeat(25)}u`,
      `tsk_${'0'.repeat(27)}`,
    ]) {
      expect(parseId(bad)).toBeNull();
    }
  });

  it('is refused with the same message everywhere, which doesn’t quote it', () => {
    const bad = 'x'.repeat(10_000);
    const hint = 'Give the whole id of a task or session: tsk_ or ses_ and 26 letters and digits.';
    expect(findIdFault(bad, ['task', 'session'])).toEqual({ message: "isn't an id", hint });
    expect(invalidId(bad, ['task', 'session'], 'by.id')).toMatchObject({
      ...{ code: 'INVALID_INPUT', field: 'by.id', message: "by.id isn't an id.", hint },
    });
    const next = createIdGenerator();
    expect(findIdFault(next('session', key), ['task', 'session'])).toBeNull();
    expect(findIdFault(next('state', key))).toBeNull();
    expect(findIdFault(next('migration', CATALOG_KEY), ['migration'])).toBeNull();
    expect(findIdFault(next('memory', key), ['task'])?.message).toBe('is the id of a memory, not of a task');
    expect(findIdFault(next('migration', CATALOG_KEY))?.message).toBe(
      'is the id of a migration, not of a project, task, memory, session, or state',
    );
  });

  it('has a project key of 8 characters that differs', () => {
    const keys = Array.from({ length: 100 }, newProjectKey);
    expect(new Set(keys).size).toBe(100);
    expect(keys.every((each) => /^[0-9a-hjkmnp-tv-z]{8}$/.test(each))).toBe(true);
  });
});
