import type { IncomingMessage } from 'node:http';
import type { PageAnswer, PageHandler } from '../../pages/contract.js';
import { html } from '../../pages/kit/html.js';
import { headersOfPage, rendered } from '../../pages/kit/page.js';
import { STYLE } from '../../pages/kit/style.js';
import { PASSKEY_SCRIPT, PASSKEY_SCRIPT_TEXT } from '../../pages/passkeys/script.js';
import { isExpected, RequestError, refusalOf } from '../errors.js';
import type { Visit } from '../http/exchange.js';
import { readBody } from '../http/graphql-request.js';
import { type PublicRoute, READING, type RouteOptions } from '../http/routes.js';
import { isOwnPage } from '../http/sender.js';
import { LIMITS } from '../limits.js';
import { createPageVisits, type PageVisitOptions } from './page-visit.js';

export type PageRouteOptions = RouteOptions & PageVisitOptions;

/** Serves small pages, which are for browsers: forms come from the server's own pages only. */
export function createPageRoutes(pages: readonly PageHandler[], options: PageRouteOptions): readonly PublicRoute[] {
  const { budgets } = options;
  const visitOf = createPageVisits(options);

  async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
    if (request.method !== 'POST') return new URLSearchParams();
    if (!isOwnPage(request)) throw FOREIGN_FORM;
    if (!FORM.test(request.headers['content-type'] ?? '')) throw NO_FORM;
    if (Number(request.headers['content-length'] ?? 0) > LIMITS.smallBytes) throw TOO_LARGE;
    const { bytes, read, release } = await readBody(request, budgets.bodies);
    try {
      if (bytes > LIMITS.smallBytes) throw TOO_LARGE;
      return new URLSearchParams(read());
    } finally {
      release();
    }
  }

  const routeOf = ({ path, methods, answer }: PageHandler): PublicRoute => ({
    path,
    methods: methods === 'GET' ? READING : 'GET, HEAD, POST, OPTIONS',
    isPublic: true,
    async answer(visit, target) {
      try {
        send(visit, await answer(await visitOf(visit, target, await readForm(visit.request))));
      } catch (error) {
        if (!isExpected(error) || !isForBrowser(visit.request)) throw error;
        send(visit, explained(error));
      }
    },
  });

  return [...pages.map(routeOf), ...FILES];
}

/** Whether a browser asks for something to show, or sends a form. */
export function isForBrowser({ method, headers }: IncomingMessage): boolean {
  if (method === 'POST') return FORM.test(headers['content-type'] ?? '');
  return headers.accept?.includes('text/html') === true;
}

function explained(error: Parameters<typeof refusalOf>[0]): PageAnswer {
  const { message, hint, status, headers } = refusalOf(error);
  const wait = headers['retry-after'];
  return {
    ...{
      status,
      page: { title: 'That didn’t work', body: html`<p role="alert" class="problem">${message} ${hint}</p>` },
    },
    ...(wait !== undefined && { retryAfter: Number(wait) }),
  };
}

function send({ request, response, headers }: Visit, answer: PageAnswer): void {
  const own = {
    ...headers,
    ...(answer.cookies?.length && { 'set-cookie': [...answer.cookies] }),
    ...(answer.retryAfter !== undefined && { 'retry-after': String(answer.retryAfter) }),
  };
  if ('redirect' in answer) {
    response.writeHead(303, { ...own, location: answer.redirect, 'referrer-policy': 'no-referrer' });
    response.end();
    return;
  }
  const body = rendered(answer.page);
  response.writeHead(answer.status ?? 200, {
    ...own,
    ...headersOfPage(answer.page),
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** A file that pages need. */
const fileRoute = (path: string, type: string, text: string): PublicRoute => ({
  ...{ path, methods: READING, isPublic: true },
  answer({ request, response, headers }) {
    response.writeHead(200, {
      ...headers,
      'content-type': `${type}; charset=utf-8`,
      'content-length': Buffer.byteLength(text),
    });
    response.end(request.method === 'HEAD' ? undefined : text);
  },
});

const FILES = [
  fileRoute('/pages/style.css', 'text/css', STYLE),
  fileRoute(PASSKEY_SCRIPT, 'text/javascript', PASSKEY_SCRIPT_TEXT),
];

const FORM = /^application\/x-www-form-urlencoded\b/i;

const FOREIGN_FORM = new RequestError(
  403,
  'FORBIDDEN',
  'The form was sent by a page of another origin.',
  "Open the server's own page, and send the form there.",
);
const NO_FORM = new RequestError(
  415,
  'UNSUPPORTED_MEDIA_TYPE',
  'The body is not that of a form.',
  'Send it as application/x-www-form-urlencoded.',
);
const TOO_LARGE = new RequestError(
  413,
  'PAYLOAD_TOO_LARGE',
  'The form is too large.',
  `Send at most ${LIMITS.smallBytes} bytes.`,
);
