import { BSON, type Document } from 'mongodb';

/** MongoDB's wire protocol, as far as a proxy needs it. Numbers are little-endian. */

const HEADER = 16;
const [OP_REPLY, OP_MSG] = [1, 2_013];
/** Where the first document of a message begins. */
const FIRST_DOCUMENT: Readonly<Record<number, number>> = { [OP_MSG]: HEADER + 5, [OP_REPLY]: HEADER + 20 };
/** Kind of an OP_MSG's section that is a single document, the command. */
const BODY = 0;

export const requestIdOf = (message: Buffer): number => message.readInt32LE(4);
export const responseToOf = (message: Buffer): number => message.readInt32LE(8);
const opCodeOf = (message: Buffer): number => message.readInt32LE(12);

/** Cuts a stream into messages. */
export function createSplitter(onMessage: (message: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      onMessage(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  };
}

/** Name of the command that a message asks for; null when it isn't a plain OP_MSG with its command first. */
export function commandNameOf(message: Buffer): string | null {
  if (opCodeOf(message) !== OP_MSG || message[HEADER + 4] !== BODY) return null;
  const name = FIRST_DOCUMENT[OP_MSG]! + 5;
  return message.toString('utf8', name, message.indexOf(0, name));
}

/** The command of a message that has a name. */
export function commandOf(message: Buffer): Document {
  return BSON.deserialize(message.subarray(FIRST_DOCUMENT[OP_MSG]), { allowObjectSmallerThanBufferSize: true });
}

/** A reply to a request. */
export function replyTo(request: Buffer, document: Document): Buffer {
  return assemble(Buffer.from([0, 0, 0, 0, BODY]), document, { requestId: 0, responseTo: requestIdOf(request) });
}

function assemble(start: Buffer, document: Document, ids: { requestId: number; responseTo: number }): Buffer {
  const body = BSON.serialize(document);
  const header = Buffer.alloc(HEADER);
  header.writeInt32LE(HEADER + start.length + body.length, 0);
  header.writeInt32LE(ids.requestId, 4);
  header.writeInt32LE(ids.responseTo, 8);
  header.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([header, start, body]);
}

/** A server's message with its addresses replaced by these, so that a driver comes back here. */
export function withAddress(message: Buffer, address: string): Buffer {
  if (!message.includes('isWritablePrimary') && !message.includes('ismaster')) return message;
  const from = FIRST_DOCUMENT[opCodeOf(message)];
  if (from === undefined) return message;
  const size = message.readInt32LE(from);
  const document = BSON.deserialize(message.subarray(from, from + size), { promoteValues: false });
  const rewritten = {
    ...document,
    ...(document.hosts ? { hosts: [address] } : {}),
    ...(document.primary ? { primary: address } : {}),
    ...(document.me ? { me: address } : {}),
  };
  const result = Buffer.concat([
    message.subarray(0, from),
    BSON.serialize(rewritten),
    // A checksum would no longer hold; servers only add one to what came with one.
    message.subarray(from + size),
  ]);
  result.writeInt32LE(result.length, 0);
  return result;
}
