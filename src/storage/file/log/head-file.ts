import type { JsonObject } from '../../../util/json/json.js';
import { hasLost } from '../../../util/json/json-text.js';
import { replaceFile } from '../disk/atomic-file.js';
import { readPlain } from '../disk/plain-file.js';
import { parseObject } from '../documents/json-text.js';
import type { Layout } from '../documents/layout.js';

/** `head.json`: the log's state of the store as a whole, for those who don't read the log. */
export interface HeadFile {
  /** The store's own name, which no other has. */
  readonly store: string;
  readonly epoch: number;
  readonly floor: number;
}

/** The largest size of either file, in bytes. */
const MOST_BYTES = 16 * 2 ** 20;

/** Null when there is none that can be read. @throws StoreError when something else is there */
export function findHead(layout: Layout): HeadFile | null {
  const object = findObject(layout, layout.head);
  if (!object) return null;
  const { store, epoch, floor } = object;
  return typeof store === 'string' && Number.isInteger(epoch) && Number.isInteger(floor)
    ? { store, epoch: epoch as number, floor: floor as number }
    : null;
}

/** Writes and syncs it, unless it is already so. */
export function writeHead(layout: Layout, { store, epoch, floor }: HeadFile): void {
  writeObject(layout, layout.head, { store, epoch, floor });
}

/** The copy of the project's record; null when there is none that can be read. @throws StoreError when something else is there */
export const findManifest = (layout: Layout): JsonObject | null => findObject(layout, layout.manifest);

/** Writes and syncs it, unless it is already so. */
export function writeManifest(layout: Layout, manifest: JsonObject): void {
  writeObject(layout, layout.manifest, manifest);
}

function findObject({ folder }: Layout, path: string): JsonObject | null {
  const bytes = readPlain(folder, path, MOST_BYTES);
  const parsed = bytes && parseObject(bytes);
  return parsed && 'object' in parsed && !hasLost(parsed.object) ? parsed.object : null;
}

function writeObject(layout: Layout, path: string, object: object): void {
  const text = `${JSON.stringify(object, null, 2)}\n`;
  if (readPlain(layout.folder, path, MOST_BYTES)?.equals(Buffer.from(text)) !== true)
    replaceFile(layout, path, text, true);
}
