import { CliError, EXIT } from '../exit.js';
import { type Entry, findEntry, isRunBy, type State } from './entries.js';
import { hashOf, type Written } from './journal.js';
import { applyEdits, type Edit, revertEdits } from './text/edit.js';
import {
  InvalidTextError,
  isTable,
  type Path,
  type Table,
  type TextFormat,
  UnsafeEditError,
  valueAt,
} from './text/format.js';
import { readTextFile, type TextFile } from './text-file.js';

/** A configuration file, and what belongs in it. */
export interface Target {
  readonly path: string;
  readonly format: TextFormat;
  readonly entries: readonly Entry[];
  /** Of a new file. */
  readonly mode: number;
}

/** What would be done to a file. */
export interface Plan {
  readonly target: Target;
  readonly file: TextFile;
  /** The text afterwards; null: the file is removed. */
  readonly text: string | null;
  readonly edits: readonly Edit[];
  readonly made: readonly (readonly string[])[];
  /** What the file has of each entry. */
  readonly states: readonly State[];
}

export const isChange = ({ file, text }: Plan): boolean => text !== (file.bytes && file.text);

/** Puts the entries into the file. @throws CliError when the file can't be changed so */
export async function planAdding(target: Target): Promise<Plan> {
  const file = await readTextFile(target.path);
  const { format } = target;
  const before = parse(target, file.text);
  const states: State[] = [];
  const edits: Edit[] = [];
  let { text } = file;
  for (const entry of target.entries) {
    const { state, path, value } = findEntry(format.parse(text), entry);
    states.push(state);
    if (state === 'present') continue;
    const next = put(target, text, path, value);
    text = applyEdits(text, next);
    edits.push(...next);
  }
  const isDone = edits.length === 0;
  return { target, file, text: isDone ? file.bytes && file.text : text, edits, made: missing(before, target), states };
}

/**
 * Takes the entries out of the file. As long as nobody else has changed it, it is what it was before setup; otherwise the
 * entries are removed where they are, with the tables that setup made if nothing else is in them.
 */
export async function planRemoving(target: Target, written: readonly Written[]): Promise<Plan> {
  const file = await readTextFile(target.path);
  const { format } = target;
  parse(target, file.text);
  const left = [...written];
  let { text } = file;
  while (left.length > 0 && left.at(-1)!.sha256 === hashOf(text)) text = revertEdits(text, left.pop()!.edits);
  const isReverted = written.length > 0 && left.length === 0;
  const remove = (path: Path) => {
    text = applyEdits(text, format.remove(text, path));
  };
  if (!isReverted) {
    for (const entry of target.entries) {
      const found = findEntry(format.parse(text), entry);
      if (isRunBy(valueAt(format.parse(text), found.path), entry)) remove(found.path);
    }
    const made = written.flatMap((each) => each.made).sort((a, b) => b.length - a.length);
    for (const path of made) if (isEmpty(valueAt(format.parse(text), path))) remove(path);
  }
  const states = target.entries.map((entry) => findEntry(format.parse(text), entry).state);
  const isGone = written[0]?.isNewFile && NOTHING.test(text);
  return { target, file, text: isGone ? null : file.bytes && text, edits: [], made: [], states };
}

const isEmpty = (value: unknown): boolean =>
  Array.isArray(value) ? value.length === 0 : isTable(value) && Object.keys(value).length === 0;

/** A comment is something: it is the user's. */
const NOTHING = /^\s*(?:\{\s*\}\s*)?$/;

/** The tables and lists around the entries that aren't there. */
function missing(configuration: Table, { entries }: Target): readonly (readonly string[])[] {
  const around = entries.flatMap(({ at, isElement }) => at.map((_, depth) => at.slice(0, depth + (isElement ? 1 : 0))));
  const unique = new Map(around.filter(({ length }) => length > 0).map((path) => [path.join('\n'), path]));
  return [...unique.values()].filter((path) => valueAt(configuration, path) === undefined);
}

function parse({ path, format }: Target, text: string): Table {
  try {
    return format.parse(text);
  } catch (error) {
    if (!(error instanceof InvalidTextError)) throw error;
    throw new CliError(
      EXIT.refused,
      `${path} is not valid ${format.name}: line ${error.line}, column ${error.column}: ${error.message}. Nothing was changed.`,
      'Mend that, and repeat the command.',
    );
  }
}

function put(target: Target, text: string, path: Path, value: Table): readonly Edit[] {
  try {
    return target.format.put(text, path, value);
  } catch (error) {
    if (!(error instanceof UnsafeEditError)) throw error;
    throw new CliError(
      EXIT.refused,
      `${target.path} can’t be changed: ${error.message}. Nothing was changed.`,
      'Add what `--print` shows by hand.',
    );
  }
}
