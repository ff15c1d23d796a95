import { projectKeyOf } from '../id.js';

/** What somebody may do in a project; each level includes those before it. */
export const LEVEL = {
  /** As if the project didn't exist. */
  NONE: 0,
  /** Knows that the project exists, its moves, health and usage, but nothing of its contents. */
  SEE: 1,
  READ: 2,
  /** Also writes tasks, memories, sessions and states. */
  WRITE: 3,
  /** Also changes the project itself, shares, moves, deletes and purges it. */
  MANAGE: 4,
} as const;
export type Level = (typeof LEVEL)[keyof typeof LEVEL];

export const ACCESS_LEVELS = ['READ', 'WRITE', 'MANAGE'] as const;
/** The levels that can be granted. */
export type AccessLevel = (typeof ACCESS_LEVELS)[number];

/** The name of a level that can be granted; null below these. */
export function grantable(level: Level): AccessLevel | null {
  return ACCESS_LEVELS.find((each) => LEVEL[each] === level) ?? null;
}

/** Levels in projects. */
export interface Levels {
  /** The level in every project. */
  readonly everywhere: Level;
  /** Higher levels in single projects, by their keys. */
  readonly projects: ReadonlyMap<string, Level>;
}

/** The level that applies to what an id names: everywhere, or in the project that the id belongs to. */
export function levelIn({ everywhere, projects }: Levels, id: string): Level {
  const own = projects.get(projectKeyOf(id)) ?? LEVEL.NONE;
  return own > everywhere ? own : everywhere;
}
