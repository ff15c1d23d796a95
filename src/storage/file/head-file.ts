import type { JsonObject } from '../../domain/json.js';
import { findText, replaceFile } from './durable.js';
import type { Layout } from './layout.js';
import { parseObject } from './text.js';

/** `head.json`: what the log says of the store as a whole, for those who don't read the log. */
export interface Head {
  /** The store's own name, which no other has. */
  readonly store: string;
  readonly epoch: number;
  readonly floor: number;
}

/** Null when there is none that can be read. */
export function findHead({ head }: Layout): Head | null {
  const object = findObject(head);
  if (!object) return null;
  const { store, epoch, floor } = object;
  return typeof store === 'string' && Number.isInteger(epoch) && Number.isInteger(floor)
    ? { store, epoch: epoch as number, floor: floor as number }
    : null;
}

/** Writes and syncs it, unless it says so already. */
export function writeHead(layout: Layout, { store, epoch, floor }: Head): void {
  writeObject(layout.head, layout, { store, epoch, floor });
}

/** The copy of the project's record; null when there is none that can be read. */
export const findManifest = ({ manifest }: Layout): JsonObject | null => findObject(manifest);

/** Writes and syncs it, unless it says so already. */
export function writeManifest(layout: Layout, manifest: JsonObject): void {
  writeObject(layout.manifest, layout, manifest);
}

function findObject(path: string): JsonObject | null {
  const text = findText(path);
  const parsed = text === null ? null : parseObject(text);
  return parsed && 'object' in parsed ? parsed.object : null;
}

function writeObject(path: string, { temporary }: Layout, object: object): void {
  const text = `${JSON.stringify(object, null, 2)}\n`;
  if (findText(path) !== text) replaceFile(path, text, temporary, true);
}
