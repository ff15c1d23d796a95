import type { BetterAuthPlugin } from 'better-auth';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import type { LibrarySettings } from '../library-settings.js';

/** Signing in as somebody whom another server knows. */
export function oidcPlugins({ oidc, offline }: LibrarySettings): BetterAuthPlugin[] {
  if (oidc.length === 0 || offline) return [];
  return [
    genericOAuth({
      config: oidc.map(({ id, name, issuer, clientId, clientSecret }) => ({
        providerId: id,
        name,
        clientId,
        clientSecret: clientSecret ?? undefined,
        discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        requireIdTokenVerification: true,
        scopes: ['openid', 'profile', 'email'],
        pkce: true,
        // Users are invited.
        disableSignUp: true,
        disableImplicitSignUp: true,
      })),
    }),
  ];
}
