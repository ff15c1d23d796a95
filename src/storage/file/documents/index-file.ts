import { closeSync, readSync, rmSync, writeSync } from 'node:fs';
import { nextTurn } from '../../../util/async.js';
import { codeOf } from '../../../util/errors.js';
import type { AnySpec } from '../../shared/collection-spec.js';
import { lastSeq } from '../../sqlite/log.js';
import type { Cache } from '../cache/cache.js';
import { draftPath, openDraft, placeDraft } from '../disk/atomic-file.js';
import { openPlain, READ } from '../disk/plain-file.js';
import { dayOf, fileName, indexPath, type Layout } from './layout.js';

/**
 * `_index.json` of a collection: which documents exist, where, and the fields that lists filter and order by. It is for
 * readers of the folder, and lists what a rebuilt cache must have. One item per line.
 */

/** How many documents are read at once. */
const BATCH = 1_000;

/** The beginning of an index. */
export interface IndexHead {
  /** The commit that it reaches at least. */
  readonly version: number;
  /** The log's last sequence number at that time. */
  readonly seq: number;
  readonly count: number;
}

export interface IndexItem {
  readonly id: string;
  /** Path inside the collection's folder. */
  readonly path: string;
}

/** Writes a collection's index whole, then puts it in place; between batches the event loop continues. */
export async function writeIndex(layout: Layout, cache: Cache, spec: AnySpec): Promise<void> {
  const { name } = spec;
  const { n } = cache.position();
  const seq = lastSeq(cache.statement);
  const count = Number(cache.statement(`select count(*) from ${name}`).pluck().get());
  const head = { version: n, seq, updatedAt: new Date().toISOString(), count };
  const draft = draftPath(layout);
  const file = openDraft(layout, draft);
  try {
    writeSync(file, JSON.stringify(head, null, 2).replace(/\n}$/, ',\n  "items": {'));
    let separator = '\n';
    for (let after: string | null = ''; after !== null; ) {
      const { text, last } = readItems(cache, spec, after, separator);
      writeSync(file, text);
      if (text) separator = ',\n';
      after = last;
      await nextTurn();
    }
    writeSync(file, '\n  }\n}\n');
    placeDraft(layout, draft, indexPath(layout.folder, name));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Items after an id as text; `last` is null when there are no more. */
function readItems({ statement }: Cache, { name, fields, indexes, unique }: AnySpec, after: string, separator: string) {
  const listed = new Set([
    ...indexes.flat(),
    ...unique.flatMap((key) => key.fields),
    'createdAt',
    'updatedAt',
    'deletedAt',
  ]);
  const columns = [...listed].filter((field) => Object.hasOwn(fields, field));
  const rows = statement(
    `select id, version, ${columns.join(', ')} from ${name} where id > ? order by id limit ${BATCH}`,
  ).all(after) as { readonly id: string; readonly createdAt: string }[];
  const lines = rows.map(({ id, ...item }) => {
    const path = `${dayOf(item.createdAt)}/${fileName(id)}`;
    return `    ${JSON.stringify(id)}: ${JSON.stringify({ path, ...item })}`;
  });
  const text = lines.length === 0 ? '' : separator + lines.join(',\n');
  return { text, last: rows.length < BATCH ? null : rows.at(-1)!.id };
}

/**
 * The beginning of an index; null when there is none, or it can't be read. @throws StoreError when something else is
 * there
 */
export function findIndexHead(folder: string, collection: string): IndexHead | null {
  const [beginning = ''] = readTexts(folder, indexPath(folder, collection), 1_024);
  const [, version, seq, count] =
    /^\{\s*"version": (\d+),\s*"seq": (\d+),\s*"updatedAt": "[^"]*",\s*"count": (\d+),/.exec(beginning) ?? [];
  return version && seq && count ? { version: Number(version), seq: Number(seq), count: Number(count) } : null;
}

/** An index's items, as far as they can be read. @throws StoreError when something else is there */
export function* readIndexItems(folder: string, collection: string): Generator<IndexItem> {
  let rest = '';
  for (const part of readTexts(folder, indexPath(folder, collection), 1_048_576)) {
    const lines = (rest + part).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const [, id, path] = /^ {4}"([^"\\]+)": \{"path":"([^"\\]+)",.*\},?$/.exec(line) ?? [];
      if (id && path) yield { id, path };
    }
  }
}

function* readTexts(folder: string, path: string, size: number): Generator<string> {
  let file: number;
  try {
    file = openPlain(folder, path, READ);
  } catch (error) {
    if (isUnreadable(error)) return;
    throw error;
  }
  try {
    const decoder = new TextDecoder();
    const chunk = Buffer.allocUnsafe(size);
    for (let count = readSync(file, chunk); count > 0; count = readSync(file, chunk))
      yield decoder.decode(chunk.subarray(0, count), { stream: true });
  } catch (error) {
    if (!isUnreadable(error)) throw error;
  } finally {
    closeSync(file);
  }
}

/** There is none, or none that may be read: another replaces it. */
const isUnreadable = (error: unknown): boolean => /^(ENOENT|EACCES|EPERM)$/.test(codeOf(error));
