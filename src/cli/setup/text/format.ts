import type { Edit } from './edit.js';

/** The keys that lead to a value. A number is an element of a list; the one after the last is new. */
export type Path = readonly (string | number)[];

/** How a format of configuration files is read, and changed so that everything else keeps its bytes. */
export interface TextFormat {
  readonly name: string;
  /** What the text says; an empty one is an empty table. @throws InvalidTextError */
  parse(text: string): Table;
  /** The edits that set a value, with the tables and lists around it that are missing. @throws UnsafeEditError */
  put(text: string, path: Path, value: unknown): readonly Edit[];
  /** The edits that remove what is there. They undo those of `put`, unless a table around it was made by it. */
  remove(text: string, path: Path): readonly Edit[];
}

export type Table = Readonly<Record<string, unknown>>;

/** The text isn't in its format. */
export class InvalidTextError extends Error {
  constructor(
    readonly line: number,
    readonly column: number,
    reason: string,
  ) {
    super(reason);
  }
}

/** The text is written in a way in which no edit can set the value and leave the rest. */
export class UnsafeEditError extends Error {}

export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** What is at the path; undefined when nothing is. */
export function valueAt(table: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => {
    if (Array.isArray(at)) return typeof key === 'number' ? at[key] : undefined;
    return isTable(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }, table);
}

/** Whether two values are written alike, in whatever order their keys are. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) || Array.isArray(other))
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((each, index) => isSame(each, other[index]))
    );
  if (isTable(one) && isTable(other)) {
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length &&
      keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
    );
  }
  return one instanceof Date && other instanceof Date
    ? one.toISOString() === other.toISOString()
    : Object.is(one, other);
}
