import { join } from 'node:path';
import { isDraft } from '../disk/atomic-file.js';
import { findPlainFile, findPlainFolder, findSinglePlainFile, namesInPlain } from '../disk/plain-file.js';
import { indexPath, type Layout, parseSegmentName } from '../documents/layout.js';
import { lockFilesOf } from './lock.js';

/**
 * Checks all paths of ours in a project's folder before anything is touched: a folder from elsewhere may hold anything.
 * @throws StoreError `STORE_UNSUITABLE`, naming the first path at which something other than a plain file or folder is,
 * or a file that would be written and has another name elsewhere
 */
export function requireOwnPaths(layout: Layout, collections: readonly string[]): void {
  const { folder, log, lock, temporary, current, manifest, head, gitignore } = layout;
  for (const path of [folder, log, lock, temporary, ...collections.map((name) => join(folder, name))])
    findPlainFolder(folder, path);
  const { turn, lock: lockFile, holder } = lockFilesOf(lock);
  const parts = namesInPlain(folder, log).filter((name) => parseSegmentName(name) !== null);
  const drafts = namesInPlain(folder, temporary).filter(isDraft);
  for (const path of [
    ...[manifest, head, gitignore, turn, lockFile],
    ...parts.map((name) => join(log, name)),
    ...drafts.map((name) => join(temporary, name)),
    ...collections.map((name) => indexPath(folder, name)),
  ])
    findPlainFile(folder, path);
  for (const path of [current, holder]) findSinglePlainFile(folder, path);
}
