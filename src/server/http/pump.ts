import type { ServerResponse } from 'node:http';

/** Sends a body as it comes: reads the next part only when the previous one is sent, and stops when the client is gone. */
export async function pump(body: AsyncIterable<Uint8Array>, response: ServerResponse): Promise<void> {
  const parts = body[Symbol.asyncIterator]();
  let resume: (() => void) | undefined;
  response.on('drain', () => resume?.());
  response.on('close', () => {
    parts.return?.().catch(() => undefined); // also cancels a pending read
    resume?.();
  });
  for (let part = await parts.next(); !part.done && !response.destroyed; part = await parts.next()) {
    if (response.write(part.value)) continue;
    await new Promise<void>((resolve) => {
      resume = resolve;
    });
  }
}
