import type { Logger } from 'pino';
import { createAuthentication } from './authentication/authentication.js';
import type { Admission } from './authentication/contract.js';
import { tokenIn } from './authentication/cookie.js';
import { startBackground } from './background.js';
import { loadSecret } from './config/secret.js';
import type { Settings } from './config/settings.js';
import { createVault } from './config/vault.js';
import { createVaultKeys } from './config/vault-keys.js';
import { createIdGenerator } from './domain/id.js';
import { STORAGE_MODES } from './domain/project.js';
import type { Embedder } from './embedding/embedder.js';
import { areDescriptorsLeft, outOfDescriptors } from './files/descriptors.js';
import { createContext } from './graphql/context.js';
import { schema } from './graphql/schema.js';
import { linkLetter } from './mail/letters.js';
import { createMailer } from './mail/mailer.js';
import { createWriters } from './migration/pacing/writers.js';
import { createPreflight } from './migration/preflight/preflight.js';
import { createMigrationRunner } from './migration/runner/runner.js';
import { createStorageModes, type StorageModes } from './modes/modes.js';
import { createRepositoryFactory } from './repositories/factory.js';
import { createScanner } from './screening/scanner.js';
import { createTurns } from './server/execution/turns.js';
import { createServer } from './server/server.js';
import type { MailLink } from './services/passwords/contract.js';
import { createPasswordHashing } from './services/passwords/hashing.js';
import { linkPath } from './services/passwords/link-records.js';
import { createServices } from './services/services.js';
import { loadStorageSettings } from './services/storage-settings/effective.js';
import { createChanges } from './services/subscriptions/changes.js';
import type { SignInLane } from './sign-in/contract.js';
import { requirePeople } from './sign-in/known-programs.js';
import { createLane, type LaneOptions } from './sign-in/lane/lane.js';
import { limitAttempts } from './sign-in/limited-lane.js';
import { signInSecret } from './sign-in/secret.js';
import { toStoreError } from './storage/sqlite/connection.js';
import { packageVersion } from './util/own-package.js';

/** The whole of Mooring, running. */
export interface App {
  /** @returns the server's URL, and who gets in there */
  listen(): Promise<{ readonly url: string; readonly admission: Admission }>;
  /** Closes what was opened, in reverse order. Calling it again does nothing. */
  close(): Promise<void>;
}

export interface AppOptions {
  /** The embedding model of this process, closed with the app. Left out: each app loads its own. For tests that start many apps. */
  readonly miniLm?: Embedder | undefined;
  /** Left out: the library for signing in runs in a thread. For tests of how it reaches other servers. */
  readonly createLane?: ((options: LaneOptions) => SignInLane) | undefined;
  /** Called with every statement a store's reads run. For tests. */
  readonly onStatement?: (sql: string) => void;
  /** Called before each step of a migration. For tests that interrupt it there. */
  readonly onMigrationStep?: ((step: string) => void | Promise<void>) | undefined;
  /** How long a migration waits after the cut-over before it cleans up the source, in ms. Left out: 5 s. For tests. */
  readonly migrationGraceMs?: number | undefined;
}

const UNREADABLE_HINT =
  'Start the server with the MOORING_SECRET_KEY, or the key files in its data directory, that it was saved with; or save it again.';

/** Composes the parts. @throws StoreError when the data directory can't be used */
export async function createApp(settings: Settings, log: Logger, options: AppOptions = {}): Promise<App> {
  const {
    dataDirectory,
    retentionDays,
    logRetentionDays,
    offline,
    storage,
    storageMode,
    secretKey,
    previousSecretKey,
    outsideKeys,
    pacingMs,
    secrets,
  } = settings;
  const secret = await loadSecret(dataDirectory).catch((error: unknown) => {
    throw toStoreError(error, dataDirectory);
  });
  const vault = createVault(createVaultKeys({ dataDirectory, secret, secretKey, previousSecretKey }));
  const turns = createTurns();
  const modes = await createStorageModes({
    turns,
    ...{ dataDirectory, offline, secrets, logger: log, miniLm: options.miniLm, onStatement: options.onStatement },
    onUsage(usage) {
      services.usage.record(usage);
      migrations.spent(usage);
    },
  });
  const catalog = await modes.openCatalog().catch(async (error: unknown) => {
    await modes.close();
    throw error;
  });
  const environment = { ...storage.environment, faults: storage.faults };
  const factory = createRepositoryFactory(catalog, modes);
  const newId = createIdGenerator();
  const preflight = createPreflight({ factory, control: modes, newId, now: Date.now });
  const writers = createWriters(pacingMs);
  const scanner = createScanner();
  const hashing = createPasswordHashing();
  const services = createServices({
    factory,
    newId,
    secret,
    retention: { deletedDays: retentionDays, logDays: logRetentionDays },
    storage: { control: modes, vault, environment, dataDirectory },
    preflight,
    defaultMode: storageMode,
    writers,
    screen: { scanner, policy: secrets },
    outsideEnvironment: outsideKeys,
    onUnreadableSecret: (name) =>
      log.warn({ name, hint: UNREADABLE_HINT }, 'a saved secret counts as not set: none of the keys opens it'),
    hashing,
    mailLink: mailLinkOf(settings, log),
    onAccountsWritten: () => authenticator.changed(),
  });
  const { isLoopback, isGuarded, requiresCredentials } = settings;
  const signIn = signInSecret(secret);
  const library = (options.createLane ?? createLane)({
    data: { ...signIn, allowsRegistration: settings.allowsRegistration, offline, oidc: settings.oidc },
    calls: {
      ...services.signInRows,
      hashPassword: hashing.hash,
      verifyPassword: hashing.verify,
      log: (level, message) => log[level]({ via: 'sign-in' }, message),
    },
  });
  const cookie = { prefix: signIn.cookiePrefix, secret: signIn.secret };
  const lane = limitAttempts(
    requirePeople(library, {
      isSignedIn: (cookies) => tokenIn(cookies, cookie) !== null,
      isKnown: async (clientId) => (await services.programs.clientsOf([clientId]))[0] !== null,
    }),
    services.attempts,
  );
  const { authenticator, setUp, links, programKeys, admission } = createAuthentication({
    store: catalog,
    ...{ secret, services },
    onRefused: services.audit.note,
    cookie,
    openMode: { isOpen: (isLoopback || isGuarded) && !requiresCredentials, allowsProxies: isGuarded },
  });
  const migrations = createMigrationRunner({
    ...{ factory, preflight, writers, newId, now: Date.now, logger: log },
    onStep: options.onMigrationStep,
    graceMs: options.migrationGraceMs,
  });
  const parts = {
    services,
    changes: createChanges(factory),
    factory,
    server: {
      version: packageVersion(),
      publicUrl: settings.publicUrl,
      get storageModes() {
        return STORAGE_MODES.filter((mode) => !modes.unavailable(mode));
      },
    },
  };
  try {
    const { settings: inForce } = await loadStorageSettings(catalog, services.secretStore, environment, dataDirectory);
    await modes.configure(inForce);
  } catch (error) {
    await authenticator.close();
    await catalog.close();
    await modes.close();
    throw error;
  }
  reportStorage(settings, modes, log);
  const server = createServer({
    schema,
    authenticator,
    people: { setUp, links, programKeys, providers: offline ? [] : settings.oidc, lane },
    turns,
    createContext: (author, share) => createContext(parts, author, share),
    settings,
    log,
    isReady: async () => {
      const problems = areDescriptorsLeft() ? [] : [outOfDescriptors('A project that is closed').message];
      await catalog.epoch().catch((error: Error) => problems.push(error.message));
      return { ok: problems.length === 0, problems };
    },
  });
  const background = new AbortController();
  let closing: Promise<void> | null = null;

  return {
    async listen() {
      const address = await server.listen();
      migrations.start();
      startBackground({ services, modes, factory, log }, background.signal);
      return { ...address, admission: await admission() };
    },
    close() {
      closing ??= (async () => {
        background.abort();
        // A part that fails to close delays no other.
        for (const close of [
          server.close,
          lane.close,
          migrations.close,
          factory.close,
          authenticator.close,
          services.usage.flush,
          services.audit.flush,
          services.keyUse.flush,
          catalog.close,
          modes.close,
          scanner.close,
        ]) {
          await close().catch((error: unknown) => log.error({ err: error }, 'not closed properly'));
        }
      })();
      return closing;
    },
  };
}

/** Logs which configured storage can't be used: the server runs all the same. */
function reportStorage({ storage, storageMode }: Settings, modes: StorageModes, log: Logger): void {
  for (const [mode, { why, hint }] of Object.entries(storage.faults)) log.warn({ mode, hint }, `${mode}: ${why}`);
  for (const mode of STORAGE_MODES) {
    const reason = modes.unavailable(mode);
    if (!reason || storage.faults[mode] || !(reason.isMistake || mode === storageMode)) continue;
    log.warn({ mode, hint: reason.hint }, `Projects can't be kept in ${mode}: ${reason.why}`);
  }
}

/** Mails links to set a password, where the server has a mail server, and is connected. */
function mailLinkOf({ mail, publicUrl, offline }: Settings, log: Logger): MailLink | undefined {
  if (!mail || !publicUrl || offline) return;
  const mailer = createMailer({ ...mail, log: (problem) => log.warn({ via: 'mail' }, problem) });
  return async ({ name, email }, { kind, token, expiresAt }) => {
    if (email === null) return false;
    const link = { url: publicUrl + linkPath(token), isInvitation: kind === 'INVITATION', until: expiresAt };
    return mailer.send(linkLetter({ name, email }, link));
  };
}
