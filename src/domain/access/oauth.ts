import { type AccessLevel, LEVEL } from './level.js';

/** The scopes that say what a program may do in projects, as OAuth names them. */
export const LEVEL_SCOPES = { read: 'READ', write: 'WRITE', manage: 'MANAGE' } as const satisfies Record<
  string,
  AccessLevel
>;

/** With it, a program goes on when its user signs out of the browser, until it is stopped. */
export const LASTING_SCOPE = 'offline_access';

/** All that a program may ask for. */
export const SCOPES = [...Object.keys(LEVEL_SCOPES), LASTING_SCOPE] as const;

/** The path at which access tokens count, and the only one. */
export const TOKENS_PATH = '/mcp';

/** The highest level that scopes give; null: they give none. */
export function levelOfScopes(scopes: readonly string[]): AccessLevel | null {
  const levels = Object.entries(LEVEL_SCOPES).flatMap(([scope, level]) => (scopes.includes(scope) ? [level] : []));
  return levels.reduce<AccessLevel | null>((most, level) => (most === null ? level : higher(most, level)), null);
}

/** The scopes that give a level, and those below it. */
export function scopesUpTo(level: AccessLevel): readonly string[] {
  return Object.entries(LEVEL_SCOPES).flatMap(([scope, each]) => (LEVEL[each] <= LEVEL[level] ? [scope] : []));
}

const higher = (one: AccessLevel, other: AccessLevel): AccessLevel => (LEVEL[one] > LEVEL[other] ? one : other);

/** The lower of two levels. */
export const lower = (one: AccessLevel, other: AccessLevel): AccessLevel => (LEVEL[one] < LEVEL[other] ? one : other);
