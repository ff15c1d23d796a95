import { PassThrough, type Readable, type Writable } from 'node:stream';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { withArguments } from './calls/sent-arguments.js';

/** As much as the API takes in a request. A longer message would end the connection. */
const MOST_BYTES = 20 * 1024 * 1024;

/**
 * The SDK's transport, which leaves unanswered what is in flight when the input ends: a client that closes its end after the
 * last question still gets the answer here.
 */
export function createStdioTransport(
  input: Readable,
  output: Writable,
  { onListen }: { readonly onListen: () => void },
): { readonly transport: Transport; readonly closed: Promise<void> } {
  const received = new PassThrough();
  const inner = new StdioServerTransport(received, output, { maxBufferSize: MOST_BYTES });
  const inFlight = new Set<string | number>();
  let isEnded = false;

  const endWhenAnswered = (): void => {
    if (isEnded && inFlight.size === 0) received.end();
  };
  input.pipe(received, { end: false });
  const end = (): void => {
    isEnded = true;
    // What was read last is delivered before.
    setImmediate(endWhenAnswered);
  };
  input.once('end', end);
  input.once('close', end);
  input.once('error', end);

  const arrived = (message: JSONRPCMessage): void => {
    if (!('method' in message)) return;
    // It is answered when the connection ends.
    if (message.method === 'subscriptions/listen') onListen();
    else if ('id' in message) inFlight.add(message.id);
    if (message.method === 'notifications/cancelled') left(message.params?.requestId);
  };
  const left = (id: unknown): void => {
    if (typeof id === 'string' || typeof id === 'number') inFlight.delete(id);
    endWhenAnswered();
  };

  let close: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  const transport: Transport = {
    start: () => {
      inner.onmessage = (message) => {
        arrived(message);
        transport.onmessage?.(withArguments(message));
      };
      inner.onerror = (error) => transport.onerror?.(error);
      inner.onclose = () => {
        transport.onclose?.();
        close();
      };
      return inner.start();
    },
    send: async (message) => {
      await inner.send(message);
      if (!('method' in message) && 'id' in message) left(message.id);
    },
    close: () => inner.close(),
  };
  return { transport, closed };
}
