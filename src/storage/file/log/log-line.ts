import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type LogEntry, OPERATIONS } from '../../../domain/log-entry.js';
import { isDeeperThan, type JsonObject } from '../../../util/json/json.js';
import { MOST_LEVELS } from '../documents/json-text.js';

/**
 * A line of the log's files: one commit, whole or not at all. Each ends with a checksum of the text before it, so that
 * a half-written or changed line is noticed. Commits count up by one (`n`), each has a random `id`.
 */
export type Line = { readonly n: number; readonly id: string } & LineContent;

export type LineContent =
  /** The first line: the store itself, by a name that no other has. */
  | { readonly kind: 'create'; readonly store: string; readonly epoch: number }
  | {
      readonly kind: 'commit';
      readonly at: string;
      readonly actor: string;
      readonly requestId: string;
      readonly entries: readonly LineEntry[];
    }
  | {
      readonly kind: 'import';
      readonly documents: readonly { readonly collection: string; readonly document: JsonObject }[];
      readonly entries: readonly LogEntry[];
      readonly removed: readonly { readonly collection: string; readonly id: string }[];
      /** The log's new floor; left out when it stayed. */
      readonly floor?: number;
      /**
       * Ids of records whose images the entries have in a new form: earlier lines are rewritten accordingly. Left out: of
       * none.
       */
      readonly rewrites?: readonly string[];
    }
  | { readonly kind: 'epoch'; readonly epoch: number }
  | { readonly kind: 'manifest'; readonly manifest: JsonObject }
  /** Images of entries up to this number are erased. */
  | { readonly kind: 'trim'; readonly floor: number };

/** What a commit did to one record. */
export interface LineEntry {
  readonly seq: number;
  readonly collection: string;
  readonly recordId: string;
  readonly version: number;
  readonly operation: LogEntry['operation'];
  readonly isErased: boolean;
  readonly before: JsonObject | null;
  /** The record after the write; null for a purge, and when the image was erased. */
  readonly after: JsonObject | null;
}

/** A line's content as JSON members, without the braces: documents in it are texts that aren't parsed again. */
export interface LineBody {
  readonly kind: LineContent['kind'];
  readonly members: string;
}

const prefix = randomBytes(6).toString('base64url');
let made = 0;

/** Random for each thread, then counted: no two lines share one. */
export function newLineId(): string {
  made += 1;
  return `${prefix}.${made.toString(36)}`;
}

/** A line's content as its body. */
export function bodyOf({ kind, ...content }: LineContent): LineBody {
  return { kind, members: JSON.stringify(content).slice(1, -1) };
}

/** The text of a line, with the end of line. */
export function encodeLine(n: number, id: string, { kind, members }: LineBody): string {
  const text = `{"n":${n},"id":"${id}","kind":"${kind}",${members}`;
  return `${text},"sum":"${crc32(text).toString(16).padStart(8, '0')}"}\n`;
}

const SUM = ',"sum":"00000000"}'.length;

/** The line in these bytes; null when it can't be trusted. `bytes`: without the end of line. */
export function decodeLine(bytes: Buffer): Line | null {
  const end = bytes.length - SUM;
  if (end <= 0) return null;
  const sum = bytes.toString('latin1', end);
  if (sum !== `,"sum":"${crc32(bytes.subarray(0, end)).toString(16).padStart(8, '0')}"}` || !isUtf8(bytes)) return null;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isObject(value) && isLine(value) && !isDeeperThan(MOST_LEVELS, value) ? (value as unknown as Line) : null;
  } catch {
    return null;
  }
}

// — validation: a checksum is easily made, and the folder may come from somebody else —

type Members = Readonly<Record<string, unknown>>;

function isLine({ n, id, kind, ...content }: Members): boolean {
  if (!isCount(n) || typeof id !== 'string') return false;
  const { store, epoch, manifest, floor, entries, documents, removed, rewrites } = content;
  switch (kind as LineContent['kind']) {
    case 'create':
      return typeof store === 'string' && Number.isSafeInteger(epoch);
    case 'epoch':
      return Number.isSafeInteger(epoch);
    case 'manifest':
      return isObject(manifest);
    case 'trim':
      return isCount(floor);
    case 'commit':
      return isBy(content) && isListOf(entries, (entry) => isEntry(entry) && isImage(entry.after, entry));
    case 'import':
      return (
        isListOf(documents, ({ collection, document }) => typeof collection === 'string' && isImage(document)) &&
        isListOf(entries, (entry) => isBy(entry) && isEntry(entry)) &&
        isListOf(removed, ({ collection, id: record }) =>
          [collection, record].every((each) => typeof each === 'string'),
        ) &&
        (floor === undefined || isCount(floor)) &&
        (rewrites === undefined || (Array.isArray(rewrites) && rewrites.every((each) => typeof each === 'string')))
      );
    default:
      return false;
  }
}

const isBy = ({ at, actor, requestId }: Members): boolean =>
  [at, actor, requestId].every((each) => typeof each === 'string');

function isEntry(entry: Members): boolean {
  const { seq, collection, recordId, version, operation, before } = entry;
  const isNamed = typeof collection === 'string' && typeof recordId === 'string';
  const isKnown = OPERATIONS.some((each) => each === operation);
  return isNamed && isKnown && isCount(seq) && isCount(version) && isImage(before, entry);
}

/** A record, if there is one: that of the entry. */
function isImage(image: unknown, entry?: Members): boolean {
  if (entry && (image === null || image === undefined)) return true;
  if (!isObject(image)) return false;
  return typeof image.id === 'string' && isCount(image.version) && (!entry || image.id === entry.recordId);
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const isListOf = (value: unknown, is: (each: Members) => boolean): boolean =>
  Array.isArray(value) && value.every((each) => isObject(each) && is(each));

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same line with other content, for erasures. */
export function encodeAgain({ n, id, ...content }: Line): string {
  return encodeLine(n, id, bodyOf(content));
}
