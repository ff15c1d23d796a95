import { isOfDescriptors } from '../../../files/descriptors.js';
import type { AnySpec } from '../../shared/spec.js';
import { type Cache, createCache } from '../cache/cache.js';
import { createReplay, type Touched } from '../cache/replay.js';
import { createDocuments, type Documents } from '../documents/documents.js';
import type { Layout } from '../documents/layout.js';
import { createExaminer } from '../edits/edit-examiner.js';
import { createLook, type Look, type OnUnreadable } from '../edits/folder-scan.js';
import type { Head } from '../log/head-file.js';
import type { LogFile } from '../log/log-file.js';
import type { Line } from '../log/log-line.js';
import { aboutEntry, type Problems, unreadable } from './problems.js';

/** What the parts of an open folder share. */
export interface State {
  readonly layout: Layout;
  readonly specs: readonly AnySpec[];
  readonly cachePath: string;
  readonly projectKey: string | null;
  readonly log: LogFile;
  readonly problems: Problems;
  /** The store's own name. */
  readonly store: string;
  /** The cache and what works on it; others once the cache was made anew. */
  parts: Parts;
  /** Whether commits are missing from the log or can't be read: then files may know more than it. */
  isLogCut: boolean;
  /** When a watch last heard of a change in the folder, as `performance.now()` tells it; 0: never. */
  heardAt: number;
}

export interface Parts {
  readonly cache: Cache;
  readonly replay: (line: Line) => readonly Touched[];
  readonly documents: Documents;
  readonly examine: ReturnType<typeof createExaminer>;
  readonly look: Look;
}

export function createParts(state: Omit<State, 'parts'>, cache: Cache): Parts {
  const { layout, specs, problems, projectKey } = state;
  const onKeptBeside = (path: string) => problems.set(path, keptBeside(path));
  const documents = createDocuments(layout, cache, problems, onKeptBeside);
  return {
    cache,
    documents,
    replay: createReplay(cache, specs),
    examine: createExaminer(layout, cache, documents, problems, projectKey),
    look: createLook(layout.folder, cache, specs, onKeptBeside, tellUnreadable(problems)),
  };
}

/** An empty cache in place of the one that is there. */
export function renewCache(state: State): void {
  const { cachePath: path, specs, store } = state;
  state.parts.cache.db.close();
  state.parts = createParts(state, createCache({ path, specs, store }));
}

export function headOf({ parts: { cache }, store }: State): Head {
  const { epoch, floor } = cache.statement('select epoch, floor from head').get() as { epoch: number; floor: number };
  return { store, epoch, floor };
}

export const tellUnreadable =
  (problems: Problems): OnUnreadable =>
  (path, error) => {
    // It says nothing of the entry, nor of any other: it is looked at later.
    if (isOfDescriptors(error)) throw error;
    problems.set(aboutEntry(path), unreadable(path, error));
  };

function keptBeside(path: string): string {
  return `${path} holds what somebody wrote into the file and what couldn’t be taken over: the record was changed by a request meanwhile, or only fields differed that requests set (id, version, times, externalId). Put what is wanted of it into the record, then remove it.`;
}
