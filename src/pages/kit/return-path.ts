/** Where to go after signing in, if nothing else was asked for. */
const HOME = '/account';

/**
 * A path of this server, as a form or a link named it; else that of the account. Browsers read `//host` and `/\host` as another
 * server, and drop tabs and line breaks from addresses.
 */
export function pathWithin(given: string | null): string {
  if (!given || !/^\/(?![/\\])[^\s\\]*$/.test(given)) return HOME;
  const base = 'http://own.invalid';
  return URL.canParse(given, base) && new URL(given, base).origin === base ? given : HOME;
}
