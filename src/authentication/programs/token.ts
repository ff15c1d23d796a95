import { z } from 'zod';
import type { AccessLevel } from '../../domain/access/level.js';
import { LASTING_SCOPE, levelOfScopes } from '../../domain/access/oauth.js';
import { type CatalogKind, parseCatalogId } from '../../domain/id.js';

/** What an access token of this server says, as far as it decides about it. */
export interface Token {
  /** Id of the key that signed it. */
  readonly keyId: string;
  readonly userId: string;
  readonly clientId: string;
  /** The sign-in with which it ends; null: with none. */
  readonly signInId: string | null;
  /** What its scopes give; null: nothing. */
  readonly level: AccessLevel | null;
  /** In seconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

const catalogId = (kind: CatalogKind) => z.string().refine((id) => parseCatalogId(id) === kind);

const CLAIMS = z.object({
  sub: catalogId('user'),
  client_id: z.string().min(1),
  scope: z.string().default(''),
  sid: catalogId('signIn').optional(),
  iat: z.int(),
  exp: z.int(),
  // Its bearer would have to prove more, which nobody checks here.
  cnf: z.undefined().optional(),
});

/** @returns null when its claims aren't those that this server writes */
export function tokenOf(keyId: string, claims: unknown): Token | null {
  const parsed = CLAIMS.safeParse(claims);
  if (!parsed.success) return null;
  const { sub, client_id, scope, sid = null, iat, exp } = parsed.data;
  const scopes = scope.split(' ');
  return {
    ...{ keyId, userId: sub, clientId: client_id, level: levelOfScopes(scopes) },
    signInId: scopes.includes(LASTING_SCOPE) ? null : sid,
    ...{ issuedAt: iat, expiresAt: exp },
  };
}
