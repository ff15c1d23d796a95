import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { email } from '../domain/fields/email.js';
import { PACING_MS } from '../domain/migration.js';
import { STORAGE_MODES } from '../domain/project.js';
import { wasUtf8 } from '../util/text/utf8.js';
import { type Environment, SettingsError } from './environment.js';
import { oidcIssuers } from './oidc.js';
import { baseUrlOf, isServerUrl } from './server-url.js';

/** The environment variables of Mooring, their valid values and defaults. */

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const MAX_DAYS = 36_500;
/** About as long as a client waits for a write while its project is cut over. */
const MAX_PACING_MS = 10_000;
/** Shorter keys can be brute-forced. */
const MIN_KEY = 16;
/** Never shown, not even when invalid. */
const SECRETS: readonly string[] = [
  'MOORING_SECRET_KEY',
  'MOORING_SECRET_KEY_PREVIOUS',
  'MOORING_API_KEY',
  'MOORING_OIDC',
  'MOORING_SMTP_URL',
];

const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((value) => value === '1');
const secretKey = z.string().min(MIN_KEY, `must have at least ${MIN_KEY} characters that nobody can guess`);
const days = (fallback: number) =>
  whole(0, MAX_DAYS, `must be a number of days from 0 (never) to ${MAX_DAYS}`, fallback);

export const VARIABLES = z.object({
  HOST: z.string().refine(isHost, 'must be an IP address or a host name, such as 127.0.0.1').default('127.0.0.1'),
  PORT: whole(0, 65_535, 'must be a port from 0 (any free one) to 65535', 4000),
  MOORING_DATA: z.string().refine(hasNoNul, 'must be the path of a folder').default('.mooring'),
  MOORING_ALLOW_UNAUTHENTICATED: flag.default(false),
  MOORING_AUTH: z.literal('required', 'must be required, or left out').optional(),
  MOORING_OFFLINE: flag.default(false),
  MOORING_LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  MOORING_RETENTION_DAYS: days(30),
  MOORING_LOG_RETENTION_DAYS: days(365),
  MOORING_PACING_MS: whole(
    0,
    MAX_PACING_MS,
    `must be a number of milliseconds from 0 (never) to ${MAX_PACING_MS}`,
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
  MOORING_PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'must be the address at which browsers find the server, such as https://mooring.example')
    .optional(),
  MOORING_OAUTH_REGISTRATION: flag.default(false),
  MOORING_OIDC: oidcIssuers.default([]),
  MOORING_SMTP_URL: z
    .string()
    .refine(isMailServer, 'must be the address of a mail server, such as smtps://user:password@mail.example')
    .optional(),
  MOORING_MAIL_FROM: email.optional(),
  MOORING_STORAGE_MODE: z.enum(STORAGE_MODES, `must be one of ${STORAGE_MODES.join(', ')}`).default('LOCAL'),
  MOORING_SECRET_KEY: secretKey.optional(),
  MOORING_SECRET_KEY_PREVIOUS: secretKey.optional(),
  MOORING_SECRETS: z.enum(['redact', 'refuse', 'off'], 'must be redact, refuse or off').default('redact'),
  MOORING_GRAPHIQL: flag.optional(),
  MOORING_INTROSPECTION: flag.optional(),
  MOORING_HOME: z.string().refine(hasNoNul, 'must be the path of a folder').optional(),
  // Which project an agent works on, and its name in the log; unused by servers.
  MOORING_PROJECT_DIR: z.string().optional(),
  MOORING_AGENT: z.string().optional(),
  MOORING_HOOK_TIMEOUT_MS: z.string().optional(),
  MOORING_HOOK_DEBUG: z.string().optional(),
  // Where the command line finds its server; unused by servers.
  MOORING_URL: z
    .string()
    .refine(isServerUrl, 'must be the address of a server, such as http://127.0.0.1:4000')
    .transform(baseUrlOf)
    .optional(),
  // What clients send to prove who asks; unused by servers.
  MOORING_API_KEY: z.string().optional(),
});

/** The mistakes: each variable's name, what it should be, and what it is. */
export function mistakesOf({ issues }: z.ZodError, given: Environment): string[] {
  return issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `${name} ${message}${butIs(name, given[name])}`;
  });
}

export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function hasNoNul(value: string): boolean {
  return !value.includes('\0');
}

function isHost(value: string): boolean {
  return isIP(value) !== 0 || /^(?=.{1,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i.test(value);
}

function isMailServer(value: string): boolean {
  return URL.canParse(value) && /^smtps?:$/.test(new URL(value).protocol) && new URL(value).hostname !== '';
}

function isOrigin(value: string): boolean {
  return URL.canParse(value) && new URL(value).origin === value;
}

function whole(least: number, most: number, message: string, fallback: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message)
    .default(fallback);
}

/** @throws SettingsError when it isn't UTF-8: a different folder would be used */
export function dataDirectoryOf(path: string): string {
  const directory = resolve(path);
  if (wasUtf8(directory)) return directory;
  throw new SettingsError([
    'MOORING_DATA must be a path in UTF-8, and so must the working directory when it is relative',
  ]);
}

function butIs(name: string, value: string | undefined): string {
  return SECRETS.includes(name) ? '' : `, but is ${shown(value)}`;
}

export function shown(value: string | undefined): string {
  return JSON.stringify(value ?? '').slice(0, 80);
}
