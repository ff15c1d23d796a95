import { isAbsolute } from 'node:path';
import type { Json } from '../util/json.js';
import type { Project, StorageMode } from './project.js';

/** Where a project's data lies. */
export interface Place {
  readonly mode: StorageMode;
  /**
   * Its own place within the mode: of `FILE` the absolute path of the folder that holds a folder for each project, of
   * `MONGODB` the name of a database on the configured server. Null: where the mode's settings say.
   */
  readonly location: string | null;
}

/** The setting of a project that names its own place within each mode; `LOCAL` has but one. */
export const PLACE_SETTING = { LOCAL: null, MONGODB: 'mongodbDatabase', FILE: 'fileStorePath' } as const;

type Placed = Pick<Project, 'storageMode' | 'settings'>;

/** What of a project's record names the place of its data, and the data there: enough to find or remove it. */
export type PlacedProject = Placed & Pick<Project, 'id' | 'key'>;

/** Where the project's record says that its data lies. */
export function placeOf({ storageMode: mode, settings }: Placed): Place {
  const name = PLACE_SETTING[mode];
  const location = name && settings[name];
  return { mode, location: typeof location === 'string' ? location : null };
}

/** The project's record as it is when its data lies there. */
export function projectAt<P extends Placed>(project: P, { mode, location }: Place): P {
  const name = PLACE_SETTING[mode];
  const settings = { ...withoutPlace(project.settings), ...(name && location !== null ? { [name]: location } : {}) };
  return { ...project, storageMode: mode, settings };
}

/** The settings of a project without those that say where it lies. */
export function withoutPlace(settings: Project['settings']): Project['settings'] {
  return Object.fromEntries(
    Object.entries(settings).filter(([name]) => !Object.values(PLACE_SETTING).some((each) => each === name)),
  );
}

/** One text for each place, the same for the same. */
export function placeKey({ mode, location }: Place): string {
  return location === null ? mode : `${mode}:${location}`;
}

/** The mode's setting that names the place, and why its value can't be one; null when it can, or when there is none. */
export function placeFault({
  storageMode: mode,
  settings,
}: Placed): { readonly name: string; readonly why: string } | null {
  const name = PLACE_SETTING[mode];
  const value: Json | undefined = name ? settings[name] : undefined;
  if (!name || value === undefined || value === null) return null;
  if (mode === 'FILE') {
    return typeof value === 'string' && isAbsolute(value) ? null : { name, why: "isn't an absolute path" };
  }
  const isName = typeof value === 'string' && DATABASE.test(value) && !isReservedDatabase(value);
  return isName ? null : { name, why: "isn't the name of a database" };
}

/** What MongoDB takes as the name of a database, less what only some systems take (at most 63 bytes, no `/\. "$*<>:|?`). */
const DATABASE = /^[\w-]{1,63}$/;

/** Whether a database of this name is MongoDB's own: nothing else is kept there. Names are one in upper and lower case. */
export function isReservedDatabase(name: string): boolean {
  return /^(?:admin|config|local)$/i.test(name);
}
