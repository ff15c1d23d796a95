import type { LogEntry } from '../../../domain/log-entry.js';
import { nextTurn } from '../../../util/async.js';
import { type JsonObject, sizeOf } from '../../../util/json/json.js';
import { type FolderState, headOf } from '../folder/state.js';
import { eraseFromLog } from '../log/erase.js';
import { writeHead, writeManifest } from '../log/head-file.js';
import type { CommitPosition } from '../log/log-file.js';
import type { ReadLine } from '../log/read-lines.js';
import { createRewriting } from '../log/rewriting.js';
import type { TouchedRecord } from './replay.js';

/** How many lines are applied in one transaction; between two the event loop continues. */
const BATCH = 500;
/** The most characters of rewritten images that are held. */
const MOST_REWRITTEN = 64 * 2 ** 20;
/** Between two batches; a commit is then found by its number and id. */
const UNPLACED = { ino: -1, offset: 0, mark: '' } as const;

/**
 * Applies what the log has and the cache lacks: commits of other processes, and of one that ended before it was done.
 * Under the folder's lock.
 * @returns the collections that changed; null when the log doesn't explain where the cache is: it must be rebuilt
 */
export async function catchUp(state: FolderState): Promise<readonly string[] | null> {
  const { cache } = state.parts;
  const position = cache.position();
  if (state.log.isAsAt(position) && position.offset === state.log.currentStats().size) return [];
  const lines = state.log.readAfter(position);
  return lines === null ? null : applyLines(state, lines, true);
}

/**
 * Applies lines to the cache. With `isLive`, the documents' files follow at once; otherwise they are compared later.
 * @returns the collections that changed; with `isLive`, null where commits are missing or can't be read. Any of them
 * may have purged a record that the cache still has, and whose file it would write again; a rebuilt cache doesn't have
 * it.
 */
export async function applyLines(
  state: FolderState,
  lines: Iterable<ReadLine>,
  isLive: boolean,
): Promise<readonly string[] | null> {
  const { cache } = state.parts;
  const changes: Changes = {
    touched: new Map(),
    purged: new Set(),
    removed: new Set(),
    rewritten: [],
    floor: null,
    isHeadChanged: false,
    hasGap: false,
  };
  const collections = new Set<string>();
  const onTouched = (record: TouchedRecord) => {
    collections.add(record.collection);
    if (!isLive) return;
    // The file may be of any later commit: it is checked when all are known.
    cache.files.doubt(record.collection, record.id);
    changes.touched.set(`${record.collection}/${record.id}`, record);
  };
  const reading = lines[Symbol.iterator]();
  try {
    while (!cache.transaction(() => applyBatch(state, reading, changes, onTouched))) await nextTurn();
  } finally {
    reading.return?.();
  }
  if (isLive && changes.hasGap) return null;
  await updateFiles(state, [...changes.touched.values()]);
  const { purged, removed, floor, rewritten } = changes;
  if (purged.size + removed.size + rewritten.length > 0 || floor !== null) {
    // The process that purged or rewrote may have ended before it was done.
    const [ids, images] = [rewritten.flatMap((each) => each.ids), rewritten.flatMap((each) => each.images)];
    const rewriting = createRewriting(ids, images, manifestOf(state));
    await eraseFromLog(state.layout, state.log, { purged, removed, floor, rewriting, isCurrent: isCurrentIn(state) });
    cache.scrub.soon();
  }
  cache.setPosition({ ...cache.position(), ...state.log.end() });
  if (changes.isHeadChanged) writeCopies(state);
  return [...collections];
}

async function updateFiles(
  { parts: { cache, documents } }: FolderState,
  touched: readonly TouchedRecord[],
): Promise<void> {
  for (let start = 0; start < touched.length; start += BATCH) {
    cache.transaction(() => documents.updateOwnFiles(touched.slice(start, start + BATCH)));
    await nextTurn();
  }
}

interface Changes {
  /** Records whose files are to be checked. */
  readonly touched: Map<string, TouchedRecord>;
  readonly purged: Set<string>;
  /** Removed by imports. */
  readonly removed: Set<string>;
  /** Of the last lines that have some: images in a new form, and the records they are of. */
  readonly rewritten: {
    readonly ids: readonly string[];
    readonly images: readonly JsonObject[];
    readonly size: number;
  }[];
  floor: number | null;
  isHeadChanged: boolean;
  /** Whether commits are missing among the lines, or can't be read. */
  hasGap: boolean;
}

/** @returns whether these were the last lines */
function applyBatch(
  state: FolderState,
  reading: Iterator<ReadLine>,
  changes: Changes,
  onTouched: (record: TouchedRecord) => void,
): boolean {
  const { cache } = state.parts;
  let position = cache.position();
  let next = reading.next();
  for (let count = 1; !next.done; count += 1) {
    position = applyLine(state, next.value, position, changes, onTouched);
    if (count === BATCH) break;
    next = reading.next();
  }
  cache.setPosition(position);
  return next.done === true;
}

function applyLine(
  state: FolderState,
  { line, end, path, isWhole }: ReadLine,
  position: CommitPosition,
  changes: Changes,
  onTouched: (record: TouchedRecord) => void,
): CommitPosition {
  if (!isWhole && path === state.layout.current) {
    // The process ended while it wrote: this was never committed.
    state.log.cutAt(end);
    return position;
  }
  if (!line) {
    state.isLogCut = true;
    changes.hasGap = true;
    return { ...position, ...UNPLACED };
  }
  if (line.n <= position.n) return position;
  if (line.n > position.n + 1) {
    state.isLogCut = true;
    changes.hasGap = true;
  }
  state.parts.replay(line).forEach(onTouched);
  if (line.kind === 'commit' || line.kind === 'import')
    for (const { operation, recordId } of line.entries) if (operation === 'PURGE') changes.purged.add(recordId);
  if (line.kind === 'import') for (const { id } of line.removed) changes.removed.add(id);
  if (line.kind === 'import' && line.rewrites) addRewritten(changes, line.rewrites, line.entries);
  const isTrimmed = (line.kind === 'trim' || line.kind === 'import') && line.floor !== undefined;
  if (isTrimmed) changes.floor = Math.max(changes.floor ?? 0, line.floor);
  if (isTrimmed || (line.kind !== 'commit' && line.kind !== 'import')) changes.isHeadChanged = true;
  return { n: line.n, id: line.id, ...UNPLACED };
}

/**
 * A rewriting is completed before anything else is committed, except what was committed together with it: only the last
 * ones can be incomplete, and a log may have more images than fit into memory.
 */
function addRewritten({ rewritten }: Changes, ids: readonly string[], entries: readonly LogEntry[]): void {
  const images = entries.flatMap(({ before }) => (before ? [before] : []));
  rewritten.push({ ids, images, size: sizeOf(images) });
  let size = rewritten.reduce((sum, each) => sum + each.size, 0);
  while (rewritten.length > 1 && size > MOST_REWRITTEN) size -= rewritten.shift()!.size;
}

/** Whether an image is the current record. */
export function isCurrentIn({ parts: { cache } }: FolderState) {
  return (collection: string, image: { readonly [field: string]: unknown }): boolean =>
    cache.statement(`select version from ${collection} where id = ?`).pluck().get(image.id) === image.version;
}

/** Writes `head.json` and `project.json` as the log has them. */
export function writeCopies(state: FolderState): void {
  writeHead(state.layout, headOf(state));
  const manifest = manifestOf(state);
  if (manifest) writeManifest(state.layout, manifest);
}

/** The copy of the project's record; null before the first was written. */
export function manifestOf({ parts: { cache } }: FolderState): JsonObject | null {
  const doc = cache.statement('select manifest from head').pluck().get() as string | null;
  return doc === null ? null : (JSON.parse(doc) as JsonObject);
}
