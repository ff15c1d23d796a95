import { CliError, EXIT, toCliError } from '../exit.js';
import { plainTexts } from '../text.js';

interface Refusal {
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: unknown; readonly hint?: unknown };
  }[];
}

/** The answer of one of a server's addresses besides its API. @throws CliError */
export async function askServer<T>(url: string, body?: object): Promise<T> {
  const { isOk, answer } = await post<T & Refusal>(url, body);
  const [error] = answer?.errors ?? [];
  if (error) {
    const { code = 'INTERNAL', hint = '' } = error.extensions ?? {};
    throw toCliError({ message: error.message, code: String(code), hint: String(hint) });
  }
  if (isOk && answer) return answer;
  throw notMooring(url);
}

/** What an address answers, as JSON; null when it is none. @param body - left out: it is a GET */
export async function post<T>(
  url: string,
  body?: object,
): Promise<{ readonly isOk: boolean; readonly answer: T | null }> {
  const headers = { 'content-type': 'application/json' };
  const options = body && { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(url, options).catch(() => null);
  const answer = plainTexts((await response?.json().catch(() => null)) as T | null);
  return { isOk: response?.ok === true, answer };
}

export const notMooring = (url: string): CliError =>
  new CliError(
    EXIT.unreachable,
    `${url} doesn't answer as Mooring does.`,
    'Give the address of a server of this version, by --url or MOORING_URL.',
  );
