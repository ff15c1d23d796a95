import type { BetterAuthPlugin } from 'better-auth';
import { isPrivateOrigin } from '../../domain/access/private-origin.js';
import type { LibrarySettings } from '../library-settings.js';
import type { LibraryNetwork } from '../network.js';
import { deviceCodePlugin } from './device-code.js';
import { oauthPlugins } from './oauth.js';
import { oidcPlugins } from './oidc.js';
import { passkeyPlugin } from './passkey.js';
import { secondFactorPlugin } from './second-factor.js';

/** The ways to sign in besides a password, and what lets programs in, at an origin of the server. */
export function createPlugins(
  settings: LibrarySettings,
  origin: string,
  network: LibraryNetwork | undefined,
): BetterAuthPlugin[] {
  return [
    secondFactorPlugin(),
    deviceCodePlugin(),
    ...oidcPlugins(settings),
    // Browsers have passkeys, and OAuth takes place, where nobody listens in only.
    ...(isPrivateOrigin(origin)
      ? [passkeyPlugin(origin), ...oauthPlugins(settings, origin, network?.fetchProgram)]
      : []),
  ];
}
