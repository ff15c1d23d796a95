import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { BSON, type Document } from 'mongodb';

/** Something that answers where a MongoDB server should. */
export interface HostileServer {
  readonly port: number;
  /** How many connections were made. */
  readonly connections: number;
  stop(): Promise<void>;
}

/** `answer`: called with each piece of what was received, the id of the message that begins with it, and whether it is the first of its connection. */
export async function startHostile(
  answer: (socket: Socket, requestId: number, isFirst: boolean) => void,
): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    let isFirst = true;
    socket.on('data', (bytes) => {
      answer(socket, bytes.length >= 8 ? bytes.readInt32LE(4) : 0, isFirst);
      isFirst = false;
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A reply as MongoDB gives it to the first request of a connection. */
export function opReply(document: Document, requestId: number): Buffer {
  const body = BSON.serialize(document);
  const message = Buffer.alloc(36 + body.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(requestId, 8);
  message.writeInt32LE(1, 12);
  message.writeInt32LE(1, 32);
  message.set(body, 36);
  return message;
}

/** A reply as MongoDB gives it to all other requests. */
export function opMessage(document: Document, requestId: number): Buffer {
  const body = BSON.serialize(document);
  const message = Buffer.alloc(21 + body.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(requestId, 8);
  message.writeInt32LE(2013, 12);
  message.set(body, 21);
  return message;
}

/** The description that a primary sends of itself. */
export const PRIMARY: Document = {
  ...{ ok: 1, helloOk: true, ismaster: true, isWritablePrimary: true, setName: 'rs', maxWireVersion: 25 },
  ...{ minWireVersion: 0, maxBsonObjectSize: 16_777_216, maxMessageSizeBytes: 48_000_000, maxWriteBatchSize: 100_000 },
};
