import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import '../collect.js';

/**
 * The floor of one event to many subscribers: `ws` and nothing else. It answers `connection_init` and remembers who
 * subscribes. POST /publish (the text of a payload) sends each of them the same message as Mooring does, under its own id.
 */
const subscribers: { readonly socket: WebSocket; readonly id: string }[] = [];

const server = createServer(async (request, response) => {
  let payload = '';
  for await (const part of request) payload += part;
  for (const { socket, id } of subscribers) socket.send(`{"id":"${id}","type":"next","payload":${payload}}`);
  response.end();
});
new WebSocketServer({ server }).on('connection', (socket) => {
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as { readonly type: string; readonly id: string };
    if (message.type === 'connection_init') socket.send('{"type":"connection_ack"}');
    if (message.type === 'subscribe') subscribers.push({ socket, id: message.id });
  });
});
server.listen(0, '127.0.0.1', () =>
  console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })),
);
process.on('SIGTERM', () => process.exit(0));
