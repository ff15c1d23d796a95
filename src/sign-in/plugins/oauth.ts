import { cimd } from '@better-auth/cimd';
import { fetchClientMetadataResource } from '@better-auth/cimd/node';
import { mcp } from '@better-auth/mcp';
import type { BetterAuthPlugin } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import { jwt } from 'better-auth/plugins/jwt';
import { z } from 'zod';
import { SCOPES, TOKENS_PATH } from '../../domain/access/oauth.js';
import { isPrivateOrigin } from '../../domain/access/private-origin.js';
import type { LibrarySettings } from '../library-settings.js';
import type { LibraryNetwork } from '../network.js';

/** How long an access token counts, in seconds: its bearer gets a new one without asking anybody. */
const ACCESS_TOKEN_S = 10 * 60;

/**
 * Lets remote agents in by the consent of their users (OAuth 2.1), at one address.
 * @param fetchProgram - left out: over the network, from public addresses only, without following redirects
 */
export function oauthPlugins(
  { allowsRegistration, offline }: LibrarySettings,
  origin: string,
  fetchProgram: LibraryNetwork['fetchProgram'] = fetchClientMetadataResource,
): BetterAuthPlugin[] {
  return [
    jwt({ jwt: { issuer: origin }, jwks: { keyPairConfig: { alg: 'EdDSA' } }, disableSettingJwtHeader: true }),
    mcp({
      resource: origin + TOKENS_PATH,
      enforcePerClientResources: false,
      loginPage: '/login',
      consentPage: '/consent',
      scopes: [...SCOPES],
      grantTypes: ['authorization_code', 'refresh_token'],
      accessTokenExpiresIn: ACCESS_TOKEN_S,
      allowPublicClientPrelogin: true,
      allowDynamicClientRegistration: allowsRegistration,
      allowUnauthenticatedClientRegistration: allowsRegistration,
    }),
    ...(allowsRegistration ? [nativePrograms] : []),
    ...(offline ? [] : [cimd({ fetchClientMetadataResource: fetchProgram, metadataProfile: 'mcp-2026-07-28' })]),
  ];
}

/**
 * Programs that are answered on their user's own computer run there. Most that register don't say so, and would be taken for
 * sites, which can't be answered there.
 */
const nativePrograms: BetterAuthPlugin = {
  id: 'mooring-native-programs',
  hooks: {
    before: [
      {
        matcher: ({ path }) => path === '/oauth2/register',
        handler: createAuthMiddleware(async (context) => {
          const body = REGISTRATION.safeParse(context.body);
          if (!body.success || !body.data.redirect_uris.every(isOwnComputer)) return;
          return { context: { body: { application_type: 'native', ...body.data } } };
        }),
      },
    ],
  },
};

const REGISTRATION = z.looseObject({ redirect_uris: z.array(z.string()).min(1) });

const isOwnComputer = (address: string): boolean =>
  /^http:/i.test(address) && URL.canParse(address) && isPrivateOrigin(new URL(address).origin);
