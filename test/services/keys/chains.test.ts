import { describe, expect, it } from 'vitest';
import { findOutside } from '../../../src/domain/access/address-range.js';
import type { ApiKey } from '../../../src/domain/access/api-key.js';
import { ForbiddenError } from '../../../src/domain/access/errors.js';
import { ACCESS_LEVELS, levelIn } from '../../../src/domain/access/level.js';
import { PERMISSIONS } from '../../../src/domain/access/permission.js';

import type { User } from '../../../src/domain/access/user.js';
import { InvalidInputError, NotFoundError } from '../../../src/domain/errors.js';
import { amount } from '../../support/extent.js';
import { type KeyBench, principalOf, startKeys } from './support.js';

/** Numbers that are the same in each run. */
function createRandom(seed: number) {
  let state = seed;
  const below = (most: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  return {
    below,
    one: <T>(values: readonly T[]): T => values[below(values.length)]!,
    some: <T>(values: readonly T[]): T[] => values.filter(() => below(2) === 0),
    maybe: <T>(value: () => T): T | undefined => (below(2) === 0 ? value() : undefined),
  };
}

type Random = ReturnType<typeof createRandom>;
const NETWORKS = ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.0/24', '10.1.2.3', '2001:db8::/32', '192.0.2.7'];

/** A key that is asked for at random: often one that must be refused. */
function anyInput(random: Random, bench: KeyBench, projects: readonly string[], people: readonly User[]) {
  const permissions = random.some(PERMISSIONS);
  return {
    name: 'Any',
    level: random.one(ACCESS_LEVELS),
    ...(random.below(3) === 0
      ? { allPermissions: true }
      : { permissions: [...permissions, 'keys:administer' as const] }),
    projectIds: random.maybe(() => [random.one(projects), ...random.some(projects)]),
    expiresAt: random.maybe(() => bench.clock.in(1 + random.below(5))),
    perMinute: random.maybe(() => 1 + random.below(5)),
    allowedAddresses: random.maybe(() => [random.one(NETWORKS)]),
    ...random.one([{}, {}, { ownerId: random.one(people).id }, { isService: true }]),
  };
}

/** What a key may do beyond another; empty: nothing. */
async function beyond({ catalog }: KeyBench, child: ApiKey, maker: ApiKey | User, projects: readonly string[]) {
  const [own, most] = await Promise.all([principalOf(catalog, child), principalOf(catalog, maker)]);
  const limits = 'hash' in maker ? maker : null;
  return [
    ...[...own.permissions].filter((each) => !most.permissions.has(each)),
    ...(own.everywhere > most.everywhere ? ['everywhere'] : []),
    ...projects.filter((id) => levelIn(own, id) > levelIn(most, id)),
    ...(limits?.expiresAt && !(child.expiresAt && child.expiresAt <= limits.expiresAt) ? ['expiresAt'] : []),
    ...(limits?.perMinute && !(child.perMinute && child.perMinute <= limits.perMinute) ? ['perMinute'] : []),
    ...(limits?.allowedAddresses.length && isWider(child, limits) ? ['allowedAddresses'] : []),
  ];
}

const isWider = (child: ApiKey, { allowedAddresses }: ApiKey): boolean =>
  child.allowedAddresses.length === 0 || findOutside(child.allowedAddresses, allowedAddresses) !== null;

describe('keys that make keys', () => {
  it('never get beyond what made them, nor beyond what made that, whatever is asked for', async () => {
    const random = createRandom(18);
    const bench = await startKeys();
    const { accounts } = bench;
    const projects = [await bench.project(), await bench.project(), await bench.project()];
    const roles = ['OWNER', 'ADMIN', 'MEMBER', 'VIEWER', 'OPERATOR'];
    for (const name of ['Keeper', 'Runner']) {
      const permissions = [...random.some(PERMISSIONS), 'keys:administer' as const];
      roles.push((await accounts.createRole({ name, permissions, everywhere: random.one(ACCESS_LEVELS) })).name);
    }
    const people: User[] = [];
    for (const role of roles) {
      const user = await accounts.createUser(role);
      people.push(user);
      for (const id of random.some(projects)) await accounts.grant(user.id, id, random.one(ACCESS_LEVELS));
    }
    const lineage = new Map<string, readonly (ApiKey | User)[]>();
    const makers: (ApiKey | User)[] = [...people];
    const refused = new Set<unknown>();
    for (let round = 0; round < amount({ quick: 500, all: 5_000 }); round++) {
      const maker = random.one(makers);
      const made = await bench.make(maker, anyInput(random, bench, projects, people)).then(
        ({ apiKey }) => apiKey,
        (error) => {
          if (![ForbiddenError, NotFoundError, InvalidInputError].some((each) => error instanceof each)) throw error;
          refused.add(error.constructor);
          return null;
        },
      );
      if (!made) continue;
      const ancestors = [...(lineage.get(maker.id) ?? []), maker];
      lineage.set(made.id, ancestors);
      makers.push(made);
      for (const ancestor of ancestors) expect(await beyond(bench, made, ancestor, projects), made.id).toEqual([]);
    }
    expect(refused.size).toBe(3);
    expect(Math.max(...[...lineage.values()].map(({ length }) => length))).toBeGreaterThan(2);
    expect(lineage.size).toBeGreaterThan(10);
  });
});
