import { isAbsolute } from 'node:path';
import type { Json } from '../util/json/json.js';
import type { Project, StorageMode } from './project.js';

/** Where a project's data is. */
export interface Place {
  readonly mode: StorageMode;
  /**
   * The project's own place within the mode: for `FILE` the absolute path of the folder that has a folder for each project,
   * for `MONGODB` the name of a database on the configured server. Null: where the mode's settings say.
   */
  readonly location: string | null;
}

/** The project setting that names its own place within each mode; `LOCAL` has only one place. */
export const PLACE_SETTING = { LOCAL: null, MONGODB: 'mongodbDatabase', FILE: 'fileStorePath' } as const;

type Placed = Pick<Project, 'storageMode' | 'settings'>;

/** What of a project's record names the place of its data, and the data there: enough to find or remove it. */
export type PlacedProject = Placed & Pick<Project, 'id' | 'key'>;

/** Where the project's data is, by its record. */
export function placeOf({ storageMode: mode, settings }: Placed): Place {
  const name = PLACE_SETTING[mode];
  const location = name && settings[name];
  return { mode, location: typeof location === 'string' ? location : null };
}

/** The project's record with its data at that place. */
export function projectAt<P extends Placed>(project: P, { mode, location }: Place): P {
  const name = PLACE_SETTING[mode];
  const settings = { ...withoutPlace(project.settings), ...(name && location !== null ? { [name]: location } : {}) };
  return { ...project, storageMode: mode, settings };
}

/** The settings of a project without those that name its place. */
export function withoutPlace(settings: Project['settings']): Project['settings'] {
  return Object.fromEntries(
    Object.entries(settings).filter(([name]) => !Object.values(PLACE_SETTING).some((each) => each === name)),
  );
}

/** A text that identifies a place. */
export function placeKey({ mode, location }: Place): string {
  return location === null ? mode : `${mode}:${location}`;
}

/** The setting that names the place, and why its value is invalid; null when it is valid or not set. */
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

/** Names of databases that MongoDB accepts on every system (at most 63 bytes, no `/\. "$*<>:|?`). */
const DATABASE = /^[\w-]{1,63}$/;

/** Whether a database of this name is MongoDB's own. Names are case-insensitive. */
export function isReservedDatabase(name: string): boolean {
  return /^(?:admin|config|local)$/i.test(name);
}
