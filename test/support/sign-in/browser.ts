import { CookieJar } from './cookies.js';

/** A browser without a window: it keeps cookies, and says where its pages are from, as real ones do. */
export interface Browser {
  readonly jar: CookieJar;
  /** A page of the server asks one of its paths. `from`: the origin of the page, if it is another's. */
  fetch(path: string, init?: RequestInit & { readonly from?: string }): Promise<Response>;
  /** The same with a JSON body by POST. */
  post(path: string, body: object, from?: string): Promise<Response>;
  /** The data of a GraphQL request; its errors are thrown. */
  ask<T>(query: string, variables?: object): Promise<T>;
  signIn(email: string, password: string): Promise<Response>;
}

/** @param url of the server */
export function openBrowser(url: string): Browser {
  const jar = new CookieJar();

  const browser: Browser = {
    jar,
    async fetch(path, { from = url, headers, ...init } = {}) {
      const own = {
        ...(init.method === 'POST' ? { origin: from } : {}),
        'sec-fetch-site': siteOf(from, url),
        'sec-fetch-mode': 'cors',
        'sec-fetch-dest': 'empty',
        ...(jar.header ? { cookie: jar.header } : {}),
      };
      const all = { ...own, ...(headers as Record<string, string>) };
      const response = await fetch(new URL(path, url), { redirect: 'manual', ...init, headers: all });
      for (const cookie of response.headers.getSetCookie()) jar.set(cookie);
      return response;
    },
    post: (path, body, from) =>
      browser.fetch(path, {
        ...{ method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
        ...(from === undefined ? {} : { from }),
      }),
    async ask<T>(query: string, variables: object = {}) {
      const response = await browser.post('/graphql', { query, variables });
      const answer = (await response.json()) as { data: T; errors?: readonly { message: string }[] };
      if (answer.errors) throw new Error(answer.errors.map(({ message }) => message).join('\n'));
      return answer.data;
    },
    signIn: (email, password) => browser.post('/auth/sign-in/email', { email, password }),
  };
  return browser;
}

/** As browsers say it: the port doesn't matter for a site. */
function siteOf(from: string, url: string): string {
  if (from === url) return 'same-origin';
  return new URL(from).hostname === new URL(url).hostname ? 'same-site' : 'cross-site';
}
