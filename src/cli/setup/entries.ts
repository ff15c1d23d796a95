import { isSame, isTable, type Path, type Table, valueAt } from './text/format.js';

/** What setup adds to a configuration: a named table, or an element of a list, which has no name. */
export interface Entry {
  /** The key that it has, or that the list has. */
  readonly at: readonly string[];
  readonly isElement: boolean;
  readonly value: Table;
}

/**
 * What a configuration has of an entry: nothing; the same, perhaps with more of the user's; the same for another folder of
 * Mooring; one that setup would not write.
 */
export type State = 'absent' | 'present' | 'moved' | 'different';

/** An entry in a configuration. */
export interface Found {
  readonly state: State;
  readonly path: Path;
  /** What to write there; what the user has added to a server that is run by a command stays. */
  readonly value: Table;
}

export function findEntry(configuration: Table, entry: Entry): Found {
  const path = pathOf(configuration, entry);
  const existing = valueAt(configuration, path);
  if (existing === undefined) return { state: 'absent', path, value: entry.value };
  const isExtended = isTable(existing) && !entry.isElement && !('url' in existing);
  const value = isExtended ? { ...existing, ...entry.value } : entry.value;
  if (isSame(existing, value)) return { state: 'present', path, value };
  return { state: isSame(anywhere(existing), anywhere(value)) ? 'moved' : 'different', path, value };
}

/** Whether the value runs Mooring as the entry does. */
export function isRunBy(value: unknown, entry: Entry): boolean {
  return subcommandOf(value) !== null && subcommandOf(value) === subcommandOf(entry.value);
}

/** Of a list, the element that runs Mooring, or else the place after the last one. */
function pathOf(configuration: Table, { at, isElement, value }: Entry): Path {
  if (!isElement) return at;
  const list = valueAt(configuration, at);
  if (!Array.isArray(list)) return [...at, 0];
  const index = list.findIndex((each) => isAlone(each) && subcommandOf(each) === subcommandOf(value));
  return [...at, index < 0 ? list.length : index];
}

/** Whether the hooks of the user aren't in the same element. */
const isAlone = (element: unknown): boolean =>
  isTable(element) && (!Array.isArray(element.hooks) || element.hooks.length === 1);

const RUN = /(?:^|[\\/"'\s])mooring(?:\.js|\.cmd)?["']?\s+(mcp|hook)(?=\s|$)/;

/** `mcp` or `hook`, when that is what the value runs of Mooring. */
const subcommandOf = (value: unknown): string | null => RUN.exec(textsOf(value).join('\n'))?.[1] ?? null;

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

const PATHS = /^.*[\\/]mooring\.js$|(["'])[^"']*[\\/]mooring\.js\1|[^\s"']*[\\/]mooring\.js/g;

/** The value with the program's path left out. */
function anywhere(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(PATHS, 'mooring');
  if (Array.isArray(value)) return value.map(anywhere);
  return isTable(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, anywhere(each)])) : value;
}
