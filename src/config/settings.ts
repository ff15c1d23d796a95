import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { PACING_MS } from '../domain/migration.js';
import { STORAGE_MODES, type StorageMode } from '../domain/project.js';
import { codeOf } from '../util/errors.js';
import { decodeUtf8, wasUtf8 } from '../util/utf8.js';
import { readStorageVariables, type StorageVariables } from './storage-environment.js';

/** What whoever runs the server may choose. */
export interface Settings {
  /** Address to listen on. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Absolute path of the folder that all data is in. */
  readonly dataDirectory: string;
  /** Whether `host` is this machine only. */
  readonly isLoopback: boolean;
  /** Whether every outgoing connection is forbidden. */
  readonly offline: boolean;
  readonly logLevel: LogLevel;
  /** Days after which what was deleted is purged; 0 = never. */
  readonly retentionDays: number;
  /** Days after which the images in the log are erased; 0 = never. */
  readonly logRetentionDays: number;
  /** The longest that a write waits so that its project's move catches up, in milliseconds; 0 = none waits. */
  readonly pacingMs: number;
  /** Origins whose pages may use the API, beside the server's own. */
  readonly corsOrigins: readonly string[];
  /** Whether `/graphql` shows the explorer to a browser. */
  readonly graphiql: boolean;
  /** Whether the schema may be asked for. */
  readonly introspection: boolean;
  /** Where a project lives whose maker doesn't say. */
  readonly storageMode: StorageMode;
  /** What encrypts saved secrets; null: a file of the data directory. A secret. */
  readonly secretKey: string | null;
  /** What the environment says of where projects live. */
  readonly storage: StorageVariables;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Apollo Studio's Sandbox: a page of theirs that talks to the server of whoever opened it. */
export const STUDIO_ORIGIN = 'https://studio.apollographql.com';

const MAX_DAYS = 36_500;
/** A client waits for a write about as long as while its project is cut over. */
const MAX_PACING_MS = 10_000;
/** Shorter ones can be found by trying. */
const MIN_KEY = 16;
/** What must not be shown, also when it is wrong. */
const SECRETS: readonly string[] = ['MOORING_SECRET_KEY'];

const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((value) => value === '1');
const days = (fallback: number) =>
  whole(0, MAX_DAYS, `must be a number of days from 0 (never) to ${MAX_DAYS}`, fallback);

const VARIABLES = z.object({
  HOST: z.string().refine(isHost, 'must be an IP address or a host name, such as 127.0.0.1').default('127.0.0.1'),
  PORT: whole(0, 65_535, 'must be a port from 0 (any free one) to 65535', 4000),
  MOORING_DATA: z
    .string()
    .refine((value) => !value.includes('\0'), 'must be the path of a folder')
    .default('.mooring'),
  MOORING_ALLOW_UNAUTHENTICATED: flag.default(false),
  MOORING_OFFLINE: flag.default(false),
  MOORING_LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  MOORING_RETENTION_DAYS: days(30),
  MOORING_LOG_RETENTION_DAYS: days(365),
  MOORING_PACING_MS: whole(
    0,
    MAX_PACING_MS,
    `must be a number of milliseconds from 0 (none waits) to ${MAX_PACING_MS}`,
    PACING_MS,
  ),
  MOORING_CORS_ORIGINS: z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((each) => each.trim())
        .filter(Boolean),
    )
    .refine(
      (origins) => origins.every(isOrigin),
      'must be origins with commas between, such as https://a.example,http://localhost:3000',
    )
    .default([]),
  MOORING_STORAGE_MODE: z.enum(STORAGE_MODES, `must be one of ${STORAGE_MODES.join(', ')}`).default('LOCAL'),
  MOORING_SECRET_KEY: z
    .string()
    .min(MIN_KEY, `must have at least ${MIN_KEY} characters that nobody can guess`)
    .optional(),
  MOORING_GRAPHIQL: flag.optional(),
  MOORING_INTROSPECTION: flag.optional(),
  // Where the command line finds its server; a server has no use for it.
  MOORING_URL: z
    .string()
    .refine(isServerUrl, 'must be the address of a server, such as http://127.0.0.1:4000')
    .transform(withoutSlash)
    .optional(),
});

/** What whoever uses the command line may choose. */
export interface ClientSettings {
  /** Address of the server, without a slash at its end; null: the one that runs on the data directory, or none. */
  readonly serverUrl: string | null;
  /** Absolute path. */
  readonly dataDirectory: string;
}

/** The settings can't be used: every mistake, each naming its variable and what it should be. */
export class SettingsError extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'SettingsError';
  }
}

/**
 * Reads the settings. An empty variable counts as not set; the explorer and introspection are on when only this machine
 * can connect, unless said otherwise.
 * @throws SettingsError with all mistakes at once
 */
export function loadSettings(
  environment: Readonly<Record<string, string | undefined>> = { ...readDotEnv(), ...process.env },
): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => value !== '' && (name in VARIABLES.shape || isOurs(name))),
  );
  const unknown = Object.keys(given)
    .filter((name) => !(name in VARIABLES.shape))
    .map((name) => `${name} is not a setting; did you mean ${nearest(name)}?`);
  const parsed = VARIABLES.safeParse(given);
  const reach = REACH.safeParse(given);
  const wrong = [
    ...Object.entries(given).flatMap(([name, value]) => (wasUtf8(value ?? '') ? [] : [`${name} must be in UTF-8`])),
    ...(reach.success ? exposure(reach.data.HOST, reach.data.MOORING_ALLOW_UNAUTHENTICATED) : []),
    ...(parsed.success ? [] : mistakesOf(parsed.error, given)),
  ];
  if (!parsed.success || wrong.length + unknown.length > 0) throw new SettingsError([...wrong, ...unknown]);

  const variables = parsed.data;
  const isLoopback = isLoopbackHost(variables.HOST);
  return {
    host: variables.HOST,
    port: variables.PORT,
    dataDirectory: dataDirectoryOf(variables.MOORING_DATA),
    isLoopback,
    offline: variables.MOORING_OFFLINE,
    logLevel: variables.MOORING_LOG_LEVEL,
    retentionDays: variables.MOORING_RETENTION_DAYS,
    logRetentionDays: variables.MOORING_LOG_RETENTION_DAYS,
    pacingMs: variables.MOORING_PACING_MS,
    corsOrigins: [...new Set([STUDIO_ORIGIN, ...variables.MOORING_CORS_ORIGINS])],
    graphiql: variables.MOORING_GRAPHIQL ?? isLoopback,
    introspection: variables.MOORING_INTROSPECTION ?? isLoopback,
    storageMode: variables.MOORING_STORAGE_MODE,
    secretKey: variables.MOORING_SECRET_KEY ?? null,
    storage: readStorageVariables(environment),
  };
}

/** What decides who can connect. */
const REACH = VARIABLES.pick({ HOST: true, MOORING_ALLOW_UNAUTHENTICATED: true });

const CLIENT_VARIABLES = VARIABLES.pick({ MOORING_URL: true, MOORING_DATA: true });

/**
 * Reads what a client of a server needs; what else is set doesn't matter to it.
 * @throws SettingsError with all mistakes at once
 */
export function loadClientSettings(
  environment: Readonly<Record<string, string | undefined>> = { ...readDotEnv(), ...process.env },
): ClientSettings {
  const { MOORING_URL, MOORING_DATA } = environment;
  const parsed = CLIENT_VARIABLES.safeParse({
    MOORING_URL: MOORING_URL || undefined,
    MOORING_DATA: MOORING_DATA || undefined,
  });
  if (!parsed.success) throw new SettingsError(mistakesOf(parsed.error, environment));
  return { serverUrl: parsed.data.MOORING_URL ?? null, dataDirectory: dataDirectoryOf(parsed.data.MOORING_DATA) };
}

/** A variable that the user named, such as one that holds a secret; null when it isn't set, or empty. */
export function readVariable(name: string): string | null {
  return { ...readDotEnv(), ...process.env }[name] || null;
}

/** What is wrong with each variable: its name, what it should be, and what it is. */
function mistakesOf({ issues }: z.ZodError, given: Readonly<Record<string, string | undefined>>): string[] {
  return issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `${name} ${message}${butIs(name, given[name])}`;
  });
}

/** Without authentication, whoever can connect can do everything. */
function exposure(host: string, isAllowed: boolean): string[] {
  if (isAllowed || isLoopbackHost(host)) return [];
  return [
    `HOST must be 127.0.0.1, ::1 or localhost while there is no authentication, but is ${shown(host)}; MOORING_ALLOW_UNAUTHENTICATED=1 says that something else guards the port`,
  ];
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function isHost(value: string): boolean {
  return isIP(value) !== 0 || /^(?=.{1,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i.test(value);
}

function isOrigin(value: string): boolean {
  return URL.canParse(value) && new URL(value).origin === value;
}

/** Whether it is an address to put `/graphql` behind. */
export function isServerUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, search, hash, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && !search && !hash && !username && !password;
}

export function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

function whole(least: number, most: number, message: string, fallback: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message)
    .default(fallback);
}

/** @throws SettingsError when it isn't UTF-8: another folder would be used */
function dataDirectoryOf(path: string): string {
  const directory = resolve(path);
  if (wasUtf8(directory)) return directory;
  throw new SettingsError([
    'MOORING_DATA must be a path in UTF-8, and so must the working directory when it is relative',
  ]);
}

/** The variables of a `.env` file in the working directory; none when there is no such file. */
function readDotEnv(): Readonly<Record<string, string | undefined>> {
  try {
    const text = decodeUtf8(readFileSync('.env'));
    if (text === null) throw new Error('it is not UTF-8');
    return parseEnv(text) as Record<string, string>;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    throw new SettingsError([`.env can't be read: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function butIs(name: string, value: string | undefined): string {
  return SECRETS.includes(name) ? '' : `, but is ${shown(value)}`;
}

function shown(value: string | undefined): string {
  return JSON.stringify(value ?? '').slice(0, 80);
}

function isOurs(name: string): boolean {
  return name.startsWith('MOORING_');
}

/** The known name that takes the fewest edits. */
function nearest(name: string): string {
  const known = Object.keys(VARIABLES.shape).filter(isOurs);
  return known.reduce((best, each) => (distance(name, each) < distance(name, best) ? each : best));
}

/** Levenshtein distance. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === to[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length]!;
}
