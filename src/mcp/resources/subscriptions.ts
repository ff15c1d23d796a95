import type { McpServer } from '@modelcontextprotocol/server';
import type { Watcher } from './watcher.js';

/** Subscriptions of a connection in the era of sessions: the client names each resource. */
export interface Subscriptions {
  has(uri: string): boolean;
}

/** Lets the client of a connection subscribe to resources; the project is followed while it does. */
export function registerSubscriptions({ server }: McpServer, watcher: Watcher): Subscriptions {
  const uris = new Set<string>();
  server.setRequestHandler('resources/subscribe', ({ params: { uri } }) => {
    uris.add(uri);
    watcher.start();
    return {};
  });
  server.setRequestHandler('resources/unsubscribe', ({ params: { uri } }) => {
    uris.delete(uri);
    if (uris.size === 0) watcher.stop();
    return {};
  });
  return uris;
}
