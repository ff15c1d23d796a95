import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';

/** The command to a process of clients: to follow a server on a number of sockets. */
export interface FollowRequest {
  readonly url: string;
  readonly count: number;
  /** Of `subscribe`. */
  readonly payload: object;
}

/** What it reports: that all follow, or that each of them has received an event. */
export type ClientReport =
  | { readonly url: string; readonly following: number }
  | { readonly url: string; readonly payload: string };

const AT_ONCE = 100;
const report = (said: ClientReport) => process.send!(said);

process.on('message', async ({ url, count, payload }: FollowRequest) => {
  let missing = count;
  const onNext = (text: string) => {
    missing -= 1;
    if (missing > 0) return;
    missing = count;
    report({ url, payload: text.slice(text.indexOf('"payload":') + '"payload":'.length, -1) });
  };
  for (let made = 0; made < count; made += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - made) }, () => follow(url, payload, onNext));
    await Promise.all(some);
  }
  report({ url, following: count });
});

/** Resolves when the server has been asked. Clients are alike in all but their id, which has the length of all others. */
async function follow(url: string, payload: object, onNext: (text: string) => void): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    perMessageDeflate: false,
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.send('{"type":"connection_init"}');
  await new Promise((resolve) => socket.once('message', resolve));
  socket.on('message', (data) => onNext(String(data)));
  await new Promise<void>((resolve) =>
    socket.send(JSON.stringify({ id: randomUUID(), type: 'subscribe', payload }), () => resolve()),
  );
}
