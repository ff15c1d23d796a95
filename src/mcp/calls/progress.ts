import type { ServerContext } from '@modelcontextprotocol/server';

/** How often a client hears that a call goes on, in ms. Most calls end before the first time. */
const EVERY_MS = 1_000;

/**
 * Runs a call, and lets a client that asked for it know that it goes on: while a server starts, for example.
 */
export async function withProgress<T>({ mcpReq }: ServerContext, run: () => Promise<T>): Promise<T> {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return run();
  let progress = 0;
  const timer = setInterval(() => {
    progress += 1;
    const params = { progressToken, progress, message: 'Waiting for Mooring' };
    // The client may be gone, which the call notices by itself.
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  }, EVERY_MS);
  return run().finally(() => clearInterval(timer));
}
