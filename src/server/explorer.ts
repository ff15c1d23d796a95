import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** The page with which a person explores the API. It is whole in itself: nothing is loaded from elsewhere. */
export interface Explorer {
  send(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const START = `# Mooring. Ctrl-Space completes, Ctrl-Enter runs; the book on the left documents everything.

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

/** The page is large (9 MB, 2.5 MB packed), so it is loaded and packed with the first visit. */
export function createExplorer(): Explorer {
  let rendering: Promise<{ readonly plain: Buffer; readonly packed: Buffer }> | undefined;
  const render = async () => {
    const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
    const plain = Buffer.from(
      renderGraphiQL({ title: 'Mooring', endpoint: '/graphql', subscriptionsProtocol: 'WS', defaultQuery: START }),
    );
    return { plain, packed: await promisify(gzip)(plain) };
  };
  return {
    send: async (request, response) => {
      rendering ??= render();
      const { plain, packed } = await rendering;
      const isPacked = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        vary: 'Accept, Accept-Encoding',
        'x-frame-options': 'DENY',
        ...(isPacked && { 'content-encoding': 'gzip' }),
      });
      response.end(isPacked ? packed : plain);
    },
  };
}
