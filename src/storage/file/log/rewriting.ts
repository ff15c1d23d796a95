import type { JsonObject } from '../../../util/json/json.js';
import { isEqual } from '../../../util/json/json.js';
import type { Line } from './log-line.js';

/** Images in a new form, for the log's earlier lines. */
export interface LogRewriting {
  /** The records whose images they are; also the project's, whose earlier copies are then replaced by the current one. */
  readonly ids: ReadonlySet<string>;
  /** The image of a record at a version; undefined when that one stays. */
  find(image: JsonObject): JsonObject | undefined;
  /** The current copy of the project's record; null when there is none. */
  readonly manifest: JsonObject | null;
}

/** @param images the later of two with the same record and version counts */
export function createRewriting(
  ids: Iterable<string>,
  images: readonly JsonObject[],
  manifest: JsonObject | null,
): LogRewriting {
  const byVersion = new Map(images.map((image) => [keyOf(image), image]));
  return { ids: new Set(ids), find: (image) => byVersion.get(keyOf(image)), manifest };
}

const keyOf = ({ id, version }: JsonObject): string => `${String(id)} ${String(version)}`;

/** The line with its images in their new form; undefined when it has none of them, or has them so already. */
export function rewriteLine(line: Line, rewriting: LogRewriting): Line | undefined {
  const { ids, manifest, find } = rewriting;
  if (line.kind === 'manifest') {
    const isOld = manifest !== null && ids.has(String(line.manifest.id)) && !isEqual(line.manifest, manifest);
    return isOld ? { ...line, manifest } : undefined;
  }
  if (line.kind !== 'commit' && line.kind !== 'import') return undefined;
  let isChanged = false;
  const inNewForm = <I extends JsonObject | null>(image: I): I | JsonObject => {
    const found = image && find(image);
    if (!found || isEqual(found, image)) return image;
    isChanged = true;
    return found;
  };
  const rewritten: Line =
    line.kind === 'commit'
      ? {
          ...line,
          entries: line.entries.map((entry) => ({
            ...entry,
            before: inNewForm(entry.before),
            after: inNewForm(entry.after),
          })),
        }
      : {
          ...line,
          documents: line.documents.map((each) => ({ ...each, document: inNewForm(each.document) })),
          entries: line.entries.map((entry) => ({ ...entry, before: inNewForm(entry.before) })),
        };
  return isChanged ? rewritten : undefined;
}
