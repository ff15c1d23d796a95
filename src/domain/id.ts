import { randomBytes } from 'node:crypto';
import { InvalidInputError } from './errors.js';

/**
 * TypeIDs: `prefix_` and 26 characters of Crockford base32 that encode a UUIDv7 (RFC 9562). Its last 40 bits, which are the
 * last 8 characters, are the project's key; the 34 random bits before them count up within a millisecond.
 */

/** Each kind of record and the prefix of its ids. */
export const PREFIXES = { project: 'prj', task: 'tsk', memory: 'mem', session: 'ses', state: 'sta' } as const;
export type RecordKind = keyof typeof PREFIXES;
/** The catalog's own records, which are in no project. */
export const CATALOG_PREFIXES = {
  usage: 'usg',
  storageConfig: 'cfg',
  migration: 'mig',
  migrationFinding: 'mif',
  user: 'usr',
  role: 'rol',
  grant: 'grt',
  apiKey: 'key',
  keyUse: 'kus',
  securityEvent: 'sev',
  outsideKey: 'out',
  secret: 'sec',
  signIn: 'sgn',
  account: 'acc',
  verification: 'ver',
  signingKey: 'jwk',
  twoFactor: 'tfa',
  passkey: 'psk',
  deviceCode: 'dvc',
  oauthClient: 'ocl',
  oauthResource: 'ors',
  oauthClientResource: 'ocr',
  oauthConsent: 'oco',
  oauthRefreshToken: 'ort',
  oauthAccessToken: 'oat',
  oauthClientAssertion: 'oas',
} as const;
export type CatalogKind = keyof typeof CATALOG_PREFIXES;
/** The key at the end of the ids of the catalog's own records: no project has it. */
export const CATALOG_KEY = '00000000';

/** Characters of a project's key, with which its id and those of everything in it end. */
export const PROJECT_KEY_LENGTH = 8;
/** Characters before the underscore. */
export const PREFIX_LENGTH = 3;
/** Characters between the underscore and the key. */
const HEAD_LENGTH = 18;
/** Characters of an id. */
export const ID_LENGTH = PREFIX_LENGTH + 1 + HEAD_LENGTH + PROJECT_KEY_LENGTH;
/** Where a handle begins in an id: after the time and the version of the UUID, where its random bits are. */
export const HANDLE_START = 15;
export const HANDLE_LENGTH = 7;

/** Digits and letters that aren't mistaken for each other. */
export const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID = /^([a-z]{3})_([0-7][0-9a-hjkmnp-tv-z]{17})([0-9a-hjkmnp-tv-z]{8})$/;
const HANDLE = /^[0-9a-hjkmnp-tv-z]{7}$/;
const KINDS = new Map<string, RecordKind>(
  Object.entries(PREFIXES).map(([kind, prefix]) => [prefix, kind as RecordKind]),
);
const CATALOG_KINDS = new Map<string, CatalogKind>(
  Object.entries(CATALOG_PREFIXES).map(([kind, prefix]) => [prefix, kind as CatalogKind]),
);
const RECORD_KINDS = [...KINDS.values()];
const ALL_PREFIXES = { ...PREFIXES, ...CATALOG_PREFIXES };
const COUNTER_BITS = 34n;
const COUNTER_LIMIT = 1n << COUNTER_BITS;

/** The parts of an id. */
export interface ParsedId {
  readonly kind: RecordKind;
  /** The key of the project that it belongs to: 8 characters. */
  readonly projectKey: string;
}

/** Reads an id; null when it isn't one of ours. */
export function parseId(id: string): ParsedId | null {
  const match = ID.exec(id);
  const kind = match ? KINDS.get(match[1]!) : undefined;
  return match && kind ? { kind, projectKey: match[3]! } : null;
}

/** The kind of the catalog's own records that an id is of; null when it is of none. */
export function parseCatalogId(id: string): CatalogKind | null {
  const [, prefix = '', , key] = ID.exec(id) ?? [];
  return key === CATALOG_KEY ? (CATALOG_KINDS.get(prefix) ?? null) : null;
}

/** The prefix of an id that is known to be one. */
export function prefixOf(id: string): string {
  return id.slice(0, PREFIX_LENGTH);
}

/** The key of the project that an id belongs to; the id is known to be one. */
export function projectKeyOf(id: string): string {
  return id.slice(-PROJECT_KEY_LENGTH);
}

/**
 * A short name for a task, to say and to type: those of its id's characters that differ most within a project. Two tasks of
 * one project share it once in some 2^33 pairs.
 */
export function handleOf(id: string): string {
  return id.slice(HANDLE_START, HANDLE_START + HANDLE_LENGTH);
}

/** Whether a text has the form of a handle. */
export function isHandle(text: string): boolean {
  return HANDLE.test(text);
}

/** The same id in another project. `kind`: of a record of that kind; left out, the kind stays. */
export function withProjectKey(id: string, projectKey: string, kind?: RecordKind): string {
  const prefix = kind === undefined ? prefixOf(id) : PREFIXES[kind];
  return `${prefix}${id.slice(PREFIX_LENGTH, -PROJECT_KEY_LENGTH)}${projectKey}`;
}

/** A kind of record whose ids clients are given. */
export type PublicKind = RecordKind | (typeof PUBLIC_CATALOG_KINDS)[number];
const PUBLIC_CATALOG_KINDS = [
  'migration',
  'user',
  'role',
  'grant',
  'apiKey',
  'outsideKey',
  'signIn',
  'oauthConsent',
] as const satisfies readonly CatalogKind[];

/** What is wrong with an id, to be read after the name of its field, and what to do about it. */
export interface IdFault {
  readonly message: string;
  readonly hint: string;
}

/** Why a text isn't the id of one of these kinds, of any in a project when none is named; null when it is. */
export function findIdFault(id: string, kinds: readonly PublicKind[] = RECORD_KINDS): IdFault | null {
  const kind = publicKindOf(id);
  return kind !== null && kinds.includes(kind) ? null : describeFault(kind, kinds);
}

/**
 * The error for a text that isn't an id, or that is the id of another kind than these. It doesn't repeat the text.
 * @param kinds - left out: those of projects and what is in them
 * @param field - where it was given, as a path into the input
 */
export function invalidId(id: string, kinds: readonly PublicKind[] = RECORD_KINDS, field = 'id'): InvalidInputError {
  const { message, hint } = describeFault(publicKindOf(id), kinds);
  return new InvalidInputError(`${field} ${message}.`, hint, field);
}

/** The kind of record that an id is of; null when clients are given no such id. */
export function publicKindOf(id: string): PublicKind | null {
  const kind = parseCatalogId(id);
  return parseId(id)?.kind ?? PUBLIC_CATALOG_KINDS.find((each) => each === kind) ?? null;
}

function describeFault(kind: PublicKind | null, kinds: readonly PublicKind[]): IdFault {
  const wanted = withArticle(EITHER.format(kinds.map(nounOf)));
  const prefixes = EITHER.format(kinds.map((each) => `${ALL_PREFIXES[each]}_`));
  return {
    message: kind === null ? "isn't an id" : `is the id of ${withArticle(nounOf(kind))}, not of ${wanted}`,
    hint: `Give the whole id of ${wanted}: ${prefixes} and ${HEAD_LENGTH + PROJECT_KEY_LENGTH} letters and digits.`,
  };
}

/** What people call a kind whose name is more than a word. */
const NOUNS: Partial<Record<PublicKind, string>> = {
  apiKey: 'API key',
  outsideKey: 'outside key',
  oauthConsent: 'consent',
};
const nounOf = (kind: PublicKind): string => NOUNS[kind] ?? kind;
const withArticle = (noun: string): string => `${/^(API|outside)/.test(noun) ? 'an' : 'a'} ${noun}`;

const EITHER = new Intl.ListFormat('en', { type: 'disjunction' });

/** A new project's key: eight random characters, 40 bits. */
export function newProjectKey(): string {
  const key = encode(BigInt(`0x${randomBytes(5).toString('hex')}`), PROJECT_KEY_LENGTH);
  return key === CATALOG_KEY ? newProjectKey() : key;
}

/** Generates ids, each greater than the last. */
export type IdGenerator = (kind: RecordKind | CatalogKind, projectKey: string) => string;

/**
 * Creates a generator of ids. Two generators in one millisecond start from different random numbers; when the clock steps
 * back, the last millisecond is kept; when a millisecond's numbers run out, the next one is used.
 */
export function createIdGenerator(now: () => number = Date.now, random: () => bigint = randomCounter): IdGenerator {
  let last = 0;
  let counter = 0n;
  return (kind, projectKey) => {
    const time = now();
    if (time > last) {
      last = time;
      counter = random();
    } else if (++counter >= COUNTER_LIMIT) {
      last += 1;
      counter = random();
    }
    return `${ALL_PREFIXES[kind]}_${encode(layOut(last, counter), HEAD_LENGTH)}${projectKey}`;
  };
}

/** The UUID's first 88 bits: time (48), version 7 (4), counter's high 12, variant 10 (2), counter's low 22. */
function layOut(time: number, counter: bigint): bigint {
  return (BigInt(time) << 40n) | (7n << 36n) | ((counter >> 22n) << 24n) | (2n << 22n) | (counter & 0x3fffffn);
}

function randomCounter(): bigint {
  return BigInt(`0x${randomBytes(5).toString('hex')}`) & (COUNTER_LIMIT - 1n);
}

function encode(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest >>= 5n) text = ALPHABET[Number(rest & 31n)] + text;
  return text;
}
