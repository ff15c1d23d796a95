import { createHmac } from 'node:crypto';
import { isSameSecret } from '../util/signer.js';

/** The cookie by which a browser shows who is signed in there. */
export interface SignInCookie {
  /** Its name begins with it. */
  readonly prefix: string;
  /** Signs it. */
  readonly secret: string;
}

/** The token of the cookie that this server signed; null when the header `Cookie` has none. */
export function tokenIn(header: string, { prefix, secret }: SignInCookie): string | null {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (name !== `${prefix}.session_token` && name !== `__Secure-${prefix}.session_token`) continue;
    const token = opened(pair.slice(at + 1).trim(), secret);
    if (token !== null) return token;
  }
  return null;
}

/** A signed value is `value.signature`: HMAC with SHA-256 in base64, as the library for signing in writes it. */
function opened(signed: string, secret: string): string | null {
  const text = decoded(signed);
  const end = text.lastIndexOf('.');
  if (end < 1) return null;
  const value = text.slice(0, end);
  const signature = createHmac('sha256', secret).update(value).digest('base64');
  return isSameSecret(text.slice(end + 1), signature) ? value : null;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}
