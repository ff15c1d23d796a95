import { createRequire } from 'node:module';
import type { Transform, TransformCallback } from 'node:stream';

/**
 * Checks what a server sends before the driver reads it. The driver accepts any length: it waits for two gigabytes when
 * an SSH server greets it, and four zero bytes keep it, and the whole process, busy forever.
 */

/** The server isn't MongoDB. Quotes nothing of its answer. */
export class NotMongoError extends Error {
  constructor(why: string) {
    super(`Not a reply of MongoDB: ${why}.`);
    this.name = 'NotMongoError';
  }
}

/** The largest message of the protocol, in bytes. */
const MAX_MESSAGE = 48_000_000;
const HEADER = 16;
const OP_REPLY = 1;
const OP_COMPRESSED = 2012;
const OP_MSG = 2013;
const CHECKSUM = 1;

/** Cuts a stream of bytes into whole messages of the protocol. */
export interface Framing {
  /** The messages completed by this chunk, one after the other; empty when none is. @throws NotMongoError */
  accept(chunk: Buffer): Buffer;
}

/** `isCompressed`: whether compression has been negotiated. */
export function createFraming(isCompressed: () => boolean): Framing {
  let parts: Buffer[] = [];
  let size = 0;
  /** How much is needed before checking again is worthwhile. */
  let wanted = HEADER;

  return {
    accept(chunk) {
      parts.push(chunk);
      size += chunk.length;
      if (size < HEADER) checkBeginning(Buffer.concat(parts));
      if (size < wanted) return Buffer.alloc(0);
      const bytes = parts.length === 1 ? chunk : Buffer.concat(parts);
      let end = 0;
      for (wanted = HEADER; bytes.length - end >= HEADER; wanted = HEADER) {
        const rest = bytes.subarray(end);
        wanted = lengthOf(rest, isCompressed());
        if (rest.length < wanted) break;
        checkMessage(rest.subarray(0, wanted));
        end += wanted;
      }
      parts = [bytes.subarray(end)];
      size = bytes.length - end;
      return bytes.subarray(0, end);
    },
  };
}

/** A greeting may be shorter than a header, with nothing after it. */
function checkBeginning(bytes: Buffer): void {
  if (bytes.length >= 4) checkLength(bytes.readInt32LE(0));
}

function checkLength(length: number): void {
  if (length < HEADER || length > MAX_MESSAGE) throw new NotMongoError('a message has an impossible length');
}

/** The length of the message that begins here. */
function lengthOf(bytes: Buffer, isCompressed: boolean): number {
  const length = bytes.readInt32LE(0);
  checkLength(length);
  const operation = bytes.readInt32LE(12);
  const isKnown = operation === OP_REPLY || operation === OP_MSG || (isCompressed && operation === OP_COMPRESSED);
  if (!isKnown) throw new NotMongoError('a message has an unexpected kind');
  return length;
}

/** A message must hold one document and nothing else. */
function checkMessage(message: Buffer): void {
  const operation = message.readInt32LE(12);
  if (operation === OP_COMPRESSED) return;
  const isReply = operation === OP_REPLY;
  const begin = isReply ? 36 : 21;
  if (message.length < begin + 5) throw new NotMongoError('a message is too short');
  const isOne = isReply ? message.readInt32LE(32) === 1 : message[20] === 0;
  const tail = !isReply && message.readInt32LE(16) & CHECKSUM ? 4 : 0;
  if (!isOne || message.readInt32LE(begin) !== message.length - begin - tail)
    throw new NotMongoError('a message doesn’t hold one document');
}

/** The part of the driver's own message stream that is needed here. */
interface MessageStream extends Transform {
  readonly connection: { readonly description?: { readonly compressor?: string } };
}

/**
 * Frames every stream of the driver before it reads. The driver has no option for that.
 * @returns false when this version of the driver keeps its stream elsewhere: nothing is framed then
 */
function frameMessages(): boolean {
  const inside = createRequire(import.meta.url)('mongodb/lib/cmap/connection.js') as {
    readonly SizedMessageTransform?: { readonly prototype: MessageStream };
  };
  const prototype = inside.SizedMessageTransform?.prototype;
  const read = prototype?._transform;
  if (!prototype || !read) return false;
  const framings = new WeakMap<MessageStream, Framing>();

  function transform(this: MessageStream, chunk: Buffer, encoding: BufferEncoding, callback: TransformCallback): void {
    const { description } = this.connection;
    let framing = framings.get(this);
    if (!framing) {
      framing = createFraming(() => (description?.compressor ?? 'none') !== 'none');
      framings.set(this, framing);
    }
    let messages: Buffer;
    try {
      messages = framing.accept(chunk);
    } catch (error) {
      callback(error as Error);
      return;
    }
    read!.call(this, messages, encoding, callback);
  }

  prototype._transform = transform;
  return true;
}

/** Whether the driver's messages are framed. */
export const isFramed = frameMessages();
