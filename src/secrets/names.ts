import type { Strictness } from './values.js';

/** What the name of a variable, a field or an option says of its value. */
export interface SecretName {
  readonly rule: string;
  readonly strictness: Strictness;
}

const PASSWORD: SecretName = { rule: 'password', strictness: 'password' };
const SECRET: SecretName = { rule: 'secret', strictness: 'secret' };
const TOKEN: SecretName = { rule: 'token', strictness: 'token' };
const KEY: SecretName = { rule: 'api-key', strictness: 'token' };
const CREDENTIALS: SecretName = { rule: 'credentials', strictness: 'token' };

/** By the end of the last word of a name, which may be written together: `PGPASSWORD`, `authtoken`. The first match counts. */
const BY_END: readonly (readonly [end: RegExp, name: SecretName])[] = [
  [/(?:password|passwd|passphrase|passcode|passwort|kennwort)$/, PASSWORD],
  [/secretaccesskey$/, { rule: 'aws-secret-key', strictness: 'token' }],
  [
    /(?:api|access|secret|private|signing|encryption|master|account|shared|auth|service|license|deploy|session|cookie|jwt|hmac|webhook|app|client|admin|root|subscription|openai|anthropic|gemini|mistral|groq|azure|stripe|sendgrid|mailgun|datadog)key$/,
    KEY,
  ],
  [/secret$/, SECRET],
  [/token$/, TOKEN],
  // A personal access token.
  [/(?:github|gh|gitlab|gl|bitbucket|docker|hub|devops|ado|azure|access)pat$/, TOKEN],
];
const WHOLE: ReadonlyMap<string, SecretName> = new Map([
  ['pass', PASSWORD],
  ['pwd', PASSWORD],
  ['psk', PASSWORD],
  ['bindpw', PASSWORD],
  ['auth', CREDENTIALS],
  ['authorization', CREDENTIALS],
  ['credential', CREDENTIALS],
  ['credentials', CREDENTIALS],
]);

/** Words after the one that counts, which say nothing about it: `SECRET_KEY_BASE`, `password_new`, `token.value`. */
const NEUTRAL =
  /^(?:base|value|text|string|str|plain|b64|base64|hex|new|old|current|confirm|confirmation|prod|production|dev|staging|live|test|env|default|\d+)$/;
/** Tokens that are no secret: they tell a page, a version or a place apart. */
const HARMLESS =
  /(?:page|next|prev|previous|continuation|sync|resume|fencing|cancel|cancellation|abort|syntax|design|cursor|lexer|public|publishable|primary|foreign|sort|cache|idempotency|eos|bos|pad|unk)$/;

/**
 * What the value of this name is, or null when it is no secret. Names are in snake, kebab or camel case, and may be
 * paths such as `spring.datasource.password`.
 */
export function secretNameOf(name: string): SecretName | null {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
  while (words.length > 1 && NEUTRAL.test(words.at(-1)!)) words.pop();
  const last = words.pop()?.replace(/\d+$/, '');
  if (!last) return null;
  const before = words.join('');
  const whole = WHOLE.get(last);
  if (whole) return whole;
  const joined = ['key', 'token', 'pat'].includes(last) ? before + last : last;
  const [, found] = BY_END.find(([end]) => end.test(joined)) ?? [];
  if (!found || HARMLESS.test(joined.slice(0, -last.length) || before)) return null;
  return name.endsWith('_authToken') ? { rule: 'npm-token', strictness: 'token' } : found;
}
