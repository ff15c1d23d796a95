import { createHash } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** The page for exploring the API. It is self-contained: nothing is loaded from elsewhere. */
export interface Explorer {
  /** Sends it with `headers`, and those that keep a browser from loading, running or reaching anything but the page and its server. */
  send(request: IncomingMessage, response: ServerResponse, headers: OutgoingHttpHeaders): Promise<void>;
}

interface RenderedPage {
  readonly plain: Buffer;
  readonly packed: Buffer;
  /** The one script that may run, as a Content-Security-Policy names it. */
  readonly script: string;
}

const START = `# Mooring
# Where a key is needed, give it in the tab Headers: { "authorization": "Bearer mor_…" }
# Ctrl-Space completes, Ctrl-Enter runs.
# The book on the left documents everything.

query Projects {
  projects(first: 10) {
    nodes {
      id
      name
      storageMode
    }
  }
}
`;

/** The page is large (9 MB, 2.5 MB compressed), so it is loaded and compressed on the first visit. */
export function createExplorer(): Explorer {
  let rendering: Promise<RenderedPage> | undefined;
  const render = async (): Promise<RenderedPage> => {
    const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
    const page = renderGraphiQL({
      title: 'Mooring',
      endpoint: '/graphql',
      // Like all its requests, they then carry the headers that the user gave, such as a key.
      subscriptionsProtocol: 'SSE',
      defaultQuery: START,
      // Headers may hold a key, and what a browser stores stays there.
      shouldPersistHeaders: false,
    });
    const plain = Buffer.from(page);
    return { plain, packed: await promisify(gzip)(plain), script: hashOfScript(page) };
  };
  return {
    send: async (request, response, headers) => {
      rendering ??= render();
      const { plain, packed, script } = await rendering;
      const isPacked = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
      response.writeHead(200, {
        ...headers,
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        vary: 'Accept, Accept-Encoding',
        'content-security-policy': policy(script),
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
        ...(isPacked && { 'content-encoding': 'gzip' }),
      });
      response.end(isPacked ? packed : plain);
    },
  };
}

/**
 * Allows what the page needs: its own script, the workers that it creates from itself, its editor's inline styles, embedded
 * images and fonts, and this server.
 */
function policy(script: string): string {
  return [
    "default-src 'none'",
    `script-src ${script}`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function hashOfScript(page: string): string {
  const START_TAG = '<script>';
  const text = page.slice(page.indexOf(START_TAG) + START_TAG.length, page.lastIndexOf('</script>'));
  // Browsers normalise line ends like this before hashing.
  return `'sha256-${createHash('sha256').update(text.replace(/\r\n?/g, '\n')).digest('base64')}'`;
}
