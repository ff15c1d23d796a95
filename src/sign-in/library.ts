import { isAPIError } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import { MAX_PASSWORD, MIN_PASSWORD } from '../domain/fields/password.js';
import { TRADE_MS } from '../domain/sign-in/programs.js';
import { createAdapter } from './adapter/adapter.js';
import { withHashedTokens } from './adapter/hashed-tokens.js';
import type { Rows } from './adapter/model.js';
import type { LibrarySettings } from './library-settings.js';
import { createModels } from './models.js';
import type { LibraryNetwork } from './network.js';
import { DEVICE_TOKEN_PATH } from './plugins/device-code.js';
import { createPlugins } from './plugins/plugins.js';

/** The library, over Mooring's records. This file alone knows its type, which is huge. */
export interface Library {
  /** Answers a request to a path under `/auth` or `/.well-known`. @param origin of the server, as the client knows it */
  answer(origin: string, request: Request): Promise<Response>;
}

export interface LibraryServer {
  readonly rows: Rows;
  /** @throws RateLimitedError when too many passwords are being hashed */
  hashPassword(password: string): Promise<string>;
  verifyPassword(hash: string, password: string): Promise<boolean>;
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string): void;
  /** Called with who is signed in, before anything is written for them. */
  onUser(userId: string): void;
  /** Left out: the network. */
  readonly network?: LibraryNetwork | undefined;
}

/** Origins that are kept: by several names and ports one server may be known, and a client may send any. */
const MOST_ORIGINS = 8;
const DAY_S = 24 * 60 * 60;
/** What people behind one address may do: in so many seconds, so many times. */
const BUSY_ADDRESS = { window: 10, max: 30 };
/** For so long after signing in, a passkey may be added. */
const FRESH_S = 10 * 60;

/** Paths that would do nothing, as they name a sign-in by its token, or what Mooring does itself, by its own rules. */
const DISABLED = [
  '/list-sessions',
  '/revoke-session',
  '/revoke-sessions',
  '/revoke-other-sessions',
  '/update-session',
  '/update-user',
  '/delete-user',
  '/delete-user/callback',
  '/change-email',
  '/change-password',
  '/set-password',
  '/request-password-reset',
  '/reset-password',
  '/reset-password/:token',
  '/send-verification-email',
  '/verify-email',
  '/sign-up/email',
  '/link-social',
  '/unlink-account',
  '/list-accounts',
  '/account-info',
  '/get-access-token',
  '/refresh-token',
  '/verify-password',
  '/token',
  // Programs register by their own documents, or at one address if that is allowed; users stop them in Mooring.
  '/oauth2/create-client',
  '/oauth2/get-client',
  '/oauth2/get-clients',
  '/oauth2/public-client',
  '/oauth2/update-client',
  '/oauth2/client/rotate-secret',
  '/oauth2/delete-client',
  '/oauth2/get-consent',
  '/oauth2/get-consents',
  '/oauth2/update-consent',
  '/oauth2/delete-consent',
  '/oauth2/continue',
  '/oauth2/introspect',
  '/oauth2/userinfo',
  '/oauth2/end-session',
  '/oauth2/end-session/confirm',
  '/admin/oauth2/create-client',
  '/admin/oauth2/update-client',
  '/admin/oauth2/resources',
  '/admin/oauth2/resources/:identifier',
  '/admin/oauth2/resources/:identifier/clients/:client_id',
];

/** Where signing in by another server begins. */
const SOCIAL_PATH = '/sign-in/social';

export function createLibrary(settings: LibrarySettings, server: LibraryServer): Library {
  const models = createModels();
  const adapter = createAdapter(withHashedTokens(server.rows), models);
  const byOrigin = new Map<string, (request: Request) => Promise<Response>>();

  function handlerFor(origin: string): (request: Request) => Promise<Response> {
    const known = byOrigin.get(origin);
    if (known) return known;
    if (byOrigin.size >= MOST_ORIGINS) byOrigin.delete(byOrigin.keys().next().value!);
    const { handler } = betterAuth({
      appName: 'Mooring',
      baseURL: origin,
      basePath: '/auth',
      secret: settings.secret,
      database: adapter,
      trustedOrigins: [origin],
      telemetry: { enabled: false },
      logger: { level: 'warn', log: (level, message) => server.log(level, message) },
      onAPIError: {
        errorURL: `${origin}/problem`,
        onError(error) {
          if (!isAPIError(error) || error.status === 'INTERNAL_SERVER_ERROR') server.log('error', nameOf(error));
        },
      },
      emailAndPassword: {
        enabled: true,
        disableSignUp: true,
        minPasswordLength: MIN_PASSWORD,
        maxPasswordLength: MAX_PASSWORD,
        password: {
          hash: (password) => server.hashPassword(password),
          verify: ({ hash, password }) => server.verifyPassword(hash, password),
        },
      },
      session: {
        additionalFields: { program: { type: 'string', required: false, input: false, returned: false } },
        expiresIn: 7 * DAY_S,
        updateAge: DAY_S,
        freshAge: FRESH_S,
      },
      // Of one address, right ones included; what is wrong is counted before it comes here.
      rateLimit: {
        ...{ enabled: true, storage: 'memory', window: 10, max: 100 },
        customRules: { '/sign-in/*': BUSY_ADDRESS, '/two-factor/*': BUSY_ADDRESS },
      },
      disabledPaths: settings.oidc.length > 0 ? DISABLED : [...DISABLED, SOCIAL_PATH],
      account: {
        // Whom the other server calls by a verified email, if nobody else can have taken it here.
        accountLinking: { enabled: true, trustedProviders: [], requireLocalEmailVerified: false },
      },
      databaseHooks: {
        account: {
          create: {
            before: async (account, context) => {
              const known = await context?.context.internalAdapter.findAccounts(account.userId);
              const user = await context?.context.internalAdapter.findUserById(account.userId);
              // With a password they may have taken an email that isn't theirs, and wait for its owner to come.
              if (!user || (known?.some(({ password }) => password) && !user.emailVerified)) return false;
            },
          },
        },
        session: {
          create: {
            before: async (session, context) => {
              const user = await context?.context.internalAdapter.findUserById(session.userId);
              if (!user || ('disabledAt' in user && user.disabledAt)) return false;
              server.onUser(session.userId);
              if (context?.path !== DEVICE_TOKEN_PATH) return;
              const { client_id: program } = context.body as { readonly client_id: string };
              return { data: { ...session, program, expiresAt: new Date(Date.now() + TRADE_MS) } };
            },
          },
        },
      },
      user: {
        additionalFields: {
          disabledAt: { type: 'string', required: false, input: false, returned: false },
        },
      },
      advanced: {
        cookiePrefix: settings.cookiePrefix,
        useSecureCookies: origin.startsWith('https:'),
        disableOriginCheck: false,
        disableCSRFCheck: false,
        ipAddress: { ipAddressHeaders: [CLIENT_HEADER] },
      },
      plugins: createPlugins(settings, origin, server.network),
    });
    byOrigin.set(origin, handler);
    return handler;
  }

  return { answer: (origin, request) => handlerFor(origin)(request) };
}

/** What may be logged of an error: its message may repeat what was sent. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'An error without a name');

/** The header that tells the library the client's address. */
export const CLIENT_HEADER = 'x-mooring-client';
