import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { StoreError } from '../../../domain/errors.js';
import { lastSeq } from '../../sqlite/log.js';
import { findPlainFile, findPlainFolder } from '../disk/plain-file.js';
import { findIndexHead, readIndexItems } from '../documents/index-file.js';
import type { Layout } from '../documents/layout.js';
import { type FolderState, renewCache } from '../folder/state.js';
import { findHead, findManifest } from '../log/head-file.js';
import type { LogFile } from '../log/log-file.js';
import { bodyOf } from '../log/log-line.js';
import { readLines } from '../log/read-lines.js';
import { applyLines, writeCopies } from './catch-up.js';

/**
 * Rebuilds the cache from the log. The documents' files are compared afterwards, by the next scan. `knownCommit`: the
 * last commit known before.
 */
export async function rebuild(state: FolderState, knownCommit = 0): Promise<void> {
  const { log, layout, problems, specs } = state;
  state.isLogCut = false;
  renewCache(state);
  await applyLines(state, log.readAfter(null)!, false);
  const { cache } = state.parts;
  const heads = specs.map(({ name }) => findIndexHead(layout.folder, name)).filter((head) => head !== null);
  const last = Math.max(knownCommit, ...heads.map(({ version }) => version));
  if (last > cache.position().n) {
    state.isLogCut = true;
    problems.set(
      layout.log,
      `The log in ${layout.log} ends with commit ${cache.position().n}, and there was commit ${last}: it was truncated, or is older than the rest of the folder. The documents' files are served as they are; the history between is lost, unless a backup of the log has it.`,
    );
  }
  // A number that a follower has seen isn't reused for another entry.
  const seq = Math.max(0, ...heads.map((head) => head.seq));
  const { statement } = cache;
  if (seq > lastSeq(statement)) {
    statement("delete from sqlite_sequence where name = 'log'").run();
    statement("insert into sqlite_sequence (name, seq) values ('log', ?)").run(seq);
  }
  restoreHead(state);
  writeCopies(state);
}

/** Takes the epoch from `head.json` when the log may have lost it. */
function restoreHead(state: FolderState): void {
  const { log, layout, store } = state;
  const { cache } = state.parts;
  const isNamed = findStoreInLog(layout, log) !== null;
  if (isNamed && !state.isLogCut) return;
  const head = findHead(layout);
  const manifest = findManifest(layout);
  const epoch = head?.epoch ?? (isNamed ? null : manifest?.epoch) ?? null;
  if (epoch === null && isNamed) return;
  if (typeof epoch !== 'number') {
    throw new StoreError(
      'STORE_DAMAGED',
      `In ${layout.folder}, neither head.json nor the log can be read, so the project's epoch isn't known.`,
      'Nothing was changed in it. Put head.json or the folder log back from a backup.',
    );
  }
  cache.statement('update head set epoch = ?, floor = max(floor, ?)').run(epoch, head?.floor ?? 0);
  if (manifest) cache.statement('update head set manifest = ? where manifest is null').run(JSON.stringify(manifest));
  if (!isNamed) cache.setPosition(log.append([bodyOf({ kind: 'create', store, epoch })], cache.position()));
}

/** Reports documents that the indexes or the log name and nobody has any more. */
export function findLost(state: FolderState): void {
  const { layout, problems, specs, parts } = state;
  const { statement } = parts.cache;
  for (const { name } of specs) {
    const tell = (id: string) =>
      problems.set(
        `lost ${id}`,
        `The record ${id} of the ${name} is lost: its file can't be read, and the log doesn't have it. Put its file back from a backup into ${join(layout.folder, name)}.`,
      );
    const behind = statement(
      `select l.record from log l left join ${name} d on d.id = l.record
       where l.collection = ? and l.operation <> 'PURGE' and l.version > coalesce(d.version, 0)
         and not exists (select 1 from log n where n.record = l.record and n.seq > l.seq)`,
    )
      .pluck()
      .all(name) as string[];
    behind.forEach(tell);
    for (const { id } of readIndexItems(layout.folder, name)) {
      const isKnown =
        statement(`select 1 from ${name} where id = ?`).get(id) ??
        statement("select 1 from log where record = ? and operation = 'PURGE'").get(id);
      if (!isKnown) tell(id);
    }
  }
}

/** The store's own name: in the log's first line, and in `head.json`. */
export function findStore(layout: Layout, log: LogFile): string | null {
  return findStoreInLog(layout, log) ?? findHead(layout)?.store ?? null;
}

function findStoreInLog({ folder }: Layout, log: LogFile): string | null {
  for (const path of log.segments()) {
    for (const { line } of readLines(folder, path, 0)) {
      if (line?.kind === 'create') return line.store;
      break;
    }
  }
  return null;
}

/** Begins the log of a new store. */
export function beginLog(log: LogFile, epoch: number): string {
  const store = randomUUID();
  log.append([bodyOf({ kind: 'create', store, epoch })], { n: 0, id: '', ...log.end() });
  return store;
}

/**
 * Whether the folder holds a project. @throws StoreError where something other than a plain file or folder is in its
 * place
 */
export const holdsProject = ({ folder, head, log }: Layout): boolean =>
  findPlainFolder(folder, log) !== null || findPlainFile(folder, head) !== null;
