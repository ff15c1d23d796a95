import type { Browser } from './browser.js';

/** What a browser shows, or where it was led that is not of the server. */
export interface Shown {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** The address that the browser is at. */
  readonly url: URL;
}

const NAVIGATION = { accept: 'text/html', 'sec-fetch-dest': 'document' };

/** Opens an address, and follows the server's redirections; one that leads elsewhere is where it ends. */
export async function open(browser: Browser, address: string | URL, url: string): Promise<Shown> {
  let at = new URL(address, url);
  for (;;) {
    if (at.origin !== url) return { status: 0, text: '', headers: new Headers(), url: at };
    const response = await browser.fetch(at.href, { headers: { ...NAVIGATION, 'sec-fetch-site': 'none' } });
    const text = await response.text();
    const next = response.headers.get('location') ?? leadIn(text);
    if (next === null) return { status: response.status, text, headers: response.headers, url: at };
    at = new URL(next, at);
  }
}

/** Node's `fetch` says that it is a script's, whatever it is told, and scripts are told where to go in JSON. */
function leadIn(text: string): string | null {
  return text.startsWith('{"redirect":true') ? (JSON.parse(text) as { url: string }).url : null;
}

/** Sends a form of a page of the server, and follows where it leads. */
export async function submit(
  browser: Browser,
  path: string,
  fields: readonly (readonly [string, string])[],
  url: string,
  from = url,
): Promise<Shown> {
  const response = await browser.fetch(path, {
    method: 'POST',
    body: new URLSearchParams(fields.map(([name, value]) => [name, value])),
    headers: { ...NAVIGATION, 'content-type': 'application/x-www-form-urlencoded' },
    from,
  });
  const next = response.headers.get('location');
  if (next !== null) return open(browser, new URL(next, `${url}${path}`), url);
  const text = await response.text();
  return { status: response.status, text, headers: response.headers, url: new URL(path, url) };
}

/** The value of a field that a page has hidden in its form. */
export function hidden({ text }: Shown, name: string): string {
  const [, value] = new RegExp(`<input type="hidden" name="${name}" value="([^"]*)">`).exec(text) ?? [];
  if (value === undefined) throw new Error(`The page has no field ${name}: ${text}`);
  return value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
