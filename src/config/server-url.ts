/** Whether it is an address to append `/graphql` to. */
export function isServerUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, search, hash, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && !search && !hash && !username && !password;
}

/** A server's address, to append `/graphql` to; it may have been given with it. */
export function baseUrlOf(url: string): string {
  return url.replace(/(\/+|\/graphql\/*)$/, '');
}
