import type { Sender } from '../../authentication/contract.js';
import { ScopeError, UnauthenticatedError } from '../../domain/access/errors.js';
import { LASTING_SCOPE, TOKENS_PATH } from '../../domain/access/oauth.js';
import { isPrivateOrigin } from '../../domain/access/private-origin.js';
import { RequestError } from '../errors.js';

/** What programs are asked to ask for, if they don't know better: most agents write, and go on when a browser is closed. */
const SCOPE = `read write ${LASTING_SCOPE}`;

/**
 * The error for a program that isn't let in, with what it needs to know for that (RFC 9728): where the server says how. Others
 * stay as they are.
 */
export function withChallenge(error: unknown, { tokensFor: origin = '' }: Pick<Sender, 'tokensFor'>): unknown {
  if (!isPrivateOrigin(origin)) return error;
  const metadata = `resource_metadata="${origin}/.well-known/oauth-protected-resource${TOKENS_PATH}", scope="${SCOPE}"`;
  if (error instanceof ScopeError) {
    return refused(403, error, `Bearer error="insufficient_scope", ${metadata}`);
  }
  if (error instanceof UnauthenticatedError && error.code === 'UNAUTHENTICATED') {
    return refused(401, error, `Bearer ${metadata}`);
  }
  return error;
}

const refused = (status: number, { code, message, hint }: UnauthenticatedError | ScopeError, challenge: string) =>
  new RequestError(status, code, message, hint, { 'www-authenticate': challenge });
