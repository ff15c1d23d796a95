import type { SecretPolicy } from '../../../domain/fields/redaction.js';
import { isOfDescriptors } from '../../../files/descriptors.js';
import type { AnySpec } from '../../shared/collection-spec.js';
import { type Cache, createCache } from '../cache/cache.js';
import { createReplay, type TouchedRecord } from '../cache/replay.js';
import { createDocumentFiles, type DocumentFiles } from '../documents/documents.js';
import type { Layout } from '../documents/layout.js';
import { createExaminer } from '../edits/edit-examiner.js';
import { createEditedTexts } from '../edits/edited-text.js';
import { createFolderScan, type FolderScan, type OnUnreadable } from '../edits/folder-scan.js';
import type { HeadFile } from '../log/head-file.js';
import type { LogFile } from '../log/log-file.js';
import type { Line } from '../log/log-line.js';
import { aboutEntry, type Problems, unreadable } from './problems.js';

/** The shared state of an open folder. */
export interface FolderState {
  readonly layout: Layout;
  readonly specs: readonly AnySpec[];
  readonly cachePath: string;
  readonly projectKey: string | null;
  /** What is done about secrets in what people write, when the project has no policy of its own. */
  readonly secrets: SecretPolicy;
  readonly log: LogFile;
  readonly problems: Problems;
  /** The store's own name. */
  readonly store: string;
  /** The cache and what works on it; replaced when the cache is rebuilt. */
  parts: CacheParts;
  /** Whether commits are missing from the log or can't be read: then files may be ahead of it. */
  isLogCut: boolean;
  /** When a watch last noticed a change in the folder, by `performance.now()`; 0: never. */
  lastChangeAt: number;
}

export interface CacheParts {
  readonly cache: Cache;
  readonly replay: (line: Line) => readonly TouchedRecord[];
  readonly documents: DocumentFiles;
  readonly examine: ReturnType<typeof createExaminer>;
  readonly scan: FolderScan;
}

export function createCacheParts(state: Omit<FolderState, 'parts'>, cache: Cache): CacheParts {
  const { layout, specs, problems, projectKey, secrets } = state;
  const onKept = (path: string) => problems.set(path, keptText(path));
  const texts = createEditedTexts(cache, projectKey, secrets);
  const documents = createDocumentFiles(layout, cache, problems, texts, onKept);
  return {
    cache,
    documents,
    replay: createReplay(cache, specs),
    examine: createExaminer(layout, cache, documents, problems, projectKey, texts),
    scan: createFolderScan(layout.folder, cache, specs, onKept, reportUnreadable(problems)),
  };
}

/** Replaces the cache by an empty one. */
export function renewCache(state: FolderState): void {
  const { cachePath: path, specs, store } = state;
  state.parts.cache.db.close();
  state.parts = createCacheParts(state, createCache({ path, specs, store }));
}

export function headOf({ parts: { cache }, store }: FolderState): HeadFile {
  const { epoch, floor } = cache.statement('select epoch, floor from head').get() as { epoch: number; floor: number };
  return { store, epoch, floor };
}

export const reportUnreadable =
  (problems: Problems): OnUnreadable =>
  (path, error) => {
    // It says nothing about the entry, nor about any other: it is scanned later.
    if (isOfDescriptors(error)) throw error;
    problems.set(aboutEntry(path), unreadable(path, error));
  };

function keptText(path: string): string {
  return `${path} holds what somebody wrote into the file and what couldn’t be taken over: the record was changed by a request meanwhile, or only fields differed that requests set (id, version, times, externalId). Put what is wanted of it into the record, then remove it.`;
}
