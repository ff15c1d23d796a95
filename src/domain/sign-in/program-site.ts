/** What of a program nobody can make up: where its answers are sent, and where it says what it is. */

/** The host of an address, with its port; of an address without one, such as `cursor:` has, its scheme. */
export function siteOf(address: string): string {
  if (!URL.canParse(address)) return 'an unknown address';
  const { protocol, host } = new URL(address);
  return /^https?:$/.test(protocol) && host !== '' ? host : protocol + (host && `//${host}`);
}

/** The host of the document in which a program says what it is; null when it has none: it registered itself. */
export function documentSiteOf(clientId: string): string | null {
  return /^https:\/\//i.test(clientId) && URL.canParse(clientId) ? new URL(clientId).host : null;
}
