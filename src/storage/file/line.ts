import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { JsonObject } from '../../domain/json.js';
import type { LogEntry } from '../../domain/log-entry.js';

/**
 * A line of the log's files: one commit, whole or not at all. Each ends with a checksum of what is before it, so a line
 * that was written half or changed since is known. Commits count up by one (`n`), each has a random `id`.
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
      /** To what the log's floor rose; left out when it stayed. */
      readonly floor?: number;
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

/** Random for each thread, then counted: nobody makes the same. */
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

/** What a line says; null when it can't be trusted. `bytes`: without the end of line. */
export function decodeLine(bytes: Buffer): Line | null {
  const end = bytes.length - SUM;
  if (end <= 0) return null;
  const sum = bytes.toString('latin1', end);
  if (sum !== `,"sum":"${crc32(bytes.subarray(0, end)).toString(16).padStart(8, '0')}"}`) return null;
  try {
    return JSON.parse(bytes.toString('utf8')) as Line;
  } catch {
    return null;
  }
}

/** The same line with other content, for what is erased. */
export function encodeAgain({ n, id, ...content }: Line): string {
  return encodeLine(n, id, bodyOf(content));
}
