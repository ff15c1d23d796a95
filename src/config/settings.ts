import type { z } from 'zod';
import type { SecretPolicy } from '../domain/fields/redaction.js';
import type { StorageMode } from '../domain/project.js';
import { wasUtf8 } from '../util/text/utf8.js';
import { type Environment, readEnvironment, SettingsError } from './environment.js';
import { findHome, type Home } from './home.js';
import type { OidcIssuer } from './oidc.js';
import { readStorageVariables, type StorageVariables } from './storage-environment.js';
import { dataDirectoryOf, isLoopbackHost, type LogLevel, mistakesOf, VARIABLES } from './variables.js';

/** The settings of a server. */
export interface Settings {
  /** Address to listen on. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Absolute path of the folder with all data. */
  readonly dataDirectory: string;
  /** Where the server announces itself to agents of its user; null when the user has no home directory. */
  readonly home: Home | null;
  /** Whether `host` is this machine only. */
  readonly isLoopback: boolean;
  /** Whether requests need a credential even before there are users. */
  readonly requiresCredentials: boolean;
  /** Whether something else guards the port: without users everyone gets in, whatever `host` is, through proxies as well. */
  readonly isGuarded: boolean;
  /** Whether every outgoing connection is forbidden. */
  readonly offline: boolean;
  readonly logLevel: LogLevel;
  /** Days after which deleted records are purged; 0 = never. */
  readonly retentionDays: number;
  /** Days after which the images in the log are erased; 0 = never. */
  readonly logRetentionDays: number;
  /** The longest that a write is delayed so that its project's move catches up, in milliseconds; 0 = never. */
  readonly pacingMs: number;
  /** Origins whose pages may use the API, in addition to the server's own. */
  readonly corsOrigins: readonly string[];
  /** The server's origin, as browsers and other programs know it, such as `https://mooring.example`; null: as they ask for it. */
  readonly publicUrl: string | null;
  /** Whether programs may register themselves for OAuth. */
  readonly allowsRegistration: boolean;
  /** Other servers that say who their users are. */
  readonly oidc: readonly OidcIssuer[];
  /** How mails are sent; null: none are. */
  readonly mail: { readonly url: string; readonly from: string } | null;
  /** Whether `/graphql` shows the explorer to a browser. */
  readonly graphiql: boolean;
  /** Whether introspection of the schema is allowed. */
  readonly introspection: boolean;
  /** The storage mode of projects that are created without one. */
  readonly storageMode: StorageMode;
  /** The key that encrypts saved secrets; null: a file of the data directory. A secret. */
  readonly secretKey: string | null;
  /** The key that encrypted them before, until they are rotated; null: none did. A secret. */
  readonly previousSecretKey: string | null;
  /** What is done about secrets in texts that are saved, in projects without a policy of their own. */
  readonly secrets: SecretPolicy;
  /** Keys of other services, by the names of their variables, such as `OPENAI_API_KEY`. Secrets. */
  readonly outsideKeys: Readonly<Record<string, string>>;
  /** The storage settings of the environment. */
  readonly storage: StorageVariables;
}

/** Apollo Studio's Sandbox: a page of Apollo's that connects to the server of its visitor. */
const STUDIO_ORIGIN = 'https://studio.apollographql.com';

/**
 * Reads the settings. An empty variable counts as unset; the explorer and introspection are on when only this machine
 * can connect, unless set otherwise.
 * @throws SettingsError with all mistakes at once
 */
export function loadSettings(environment: Environment = readEnvironment()): Settings {
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
    ...(reach.success ? contradiction(reach.data) : []),
    ...(parsed.success ? [] : mistakesOf(parsed.error, given)),
  ];
  if (!parsed.success || wrong.length + unknown.length > 0) throw new SettingsError([...wrong, ...unknown]);

  const variables = parsed.data;
  const isLoopback = isLoopbackHost(variables.HOST);
  return {
    host: variables.HOST,
    port: variables.PORT,
    dataDirectory: dataDirectoryOf(variables.MOORING_DATA),
    home: findHome(given),
    isLoopback,
    requiresCredentials: variables.MOORING_AUTH === 'required',
    isGuarded: variables.MOORING_ALLOW_UNAUTHENTICATED,
    offline: variables.MOORING_OFFLINE,
    logLevel: variables.MOORING_LOG_LEVEL,
    retentionDays: variables.MOORING_RETENTION_DAYS,
    logRetentionDays: variables.MOORING_LOG_RETENTION_DAYS,
    pacingMs: variables.MOORING_PACING_MS,
    corsOrigins: [...new Set([STUDIO_ORIGIN, ...variables.MOORING_CORS_ORIGINS])],
    publicUrl: variables.MOORING_PUBLIC_URL ?? null,
    allowsRegistration: variables.MOORING_OAUTH_REGISTRATION,
    oidc: variables.MOORING_OIDC,
    mail: mailOf(variables),
    graphiql: variables.MOORING_GRAPHIQL ?? isLoopback,
    introspection: variables.MOORING_INTROSPECTION ?? isLoopback,
    storageMode: variables.MOORING_STORAGE_MODE,
    secretKey: variables.MOORING_SECRET_KEY ?? null,
    previousSecretKey: variables.MOORING_SECRET_KEY_PREVIOUS ?? null,
    secrets: POLICIES[variables.MOORING_SECRETS],
    outsideKeys: readOutsideKeys(environment),
    storage: readStorageVariables(environment),
  };
}

const POLICIES = { redact: 'REDACT', refuse: 'REFUSE', off: 'OFF' } as const;

/** The variables that decide who gets in while there are no users. */
const REACH = VARIABLES.pick({ MOORING_AUTH: true, MOORING_ALLOW_UNAUTHENTICATED: true });

function contradiction({ MOORING_AUTH, MOORING_ALLOW_UNAUTHENTICATED }: z.infer<typeof REACH>): string[] {
  if (MOORING_AUTH !== 'required' || !MOORING_ALLOW_UNAUTHENTICATED) return [];
  return ['MOORING_AUTH=required and MOORING_ALLOW_UNAUTHENTICATED=1 contradict each other; set one of them'];
}

/** The keys of other services. Those whose names begin with ours are keys to servers like this one. */
function readOutsideKeys(environment: Environment): Readonly<Record<string, string>> {
  const given = Object.entries(environment).flatMap(([name, value = '']): [string, string][] =>
    /^[A-Z\d_]{1,32}_API_KEY$/.test(name) && !isOurs(name) && wasUtf8(value) ? [[name, value.trim()]] : [],
  );
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
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

/** @throws SettingsError when only a part is set: mails would be missed */
function mailOf(variables: z.infer<typeof VARIABLES>): Settings['mail'] {
  const { MOORING_SMTP_URL: url, MOORING_MAIL_FROM: from, MOORING_PUBLIC_URL } = variables;
  if (url === undefined) return null;
  if (from !== undefined && MOORING_PUBLIC_URL !== undefined) return { url, from };
  throw new SettingsError([
    'MOORING_SMTP_URL needs MOORING_MAIL_FROM, from whom mails are, and MOORING_PUBLIC_URL, to which the links in them lead',
  ]);
}
