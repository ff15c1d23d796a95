import { CloseCode, type Message, MessageType, parseMessage } from 'graphql-ws';
import { parseJson } from '../../util/json/json-text.js';
import { decodeUtf8 } from '../../util/text/utf8.js';
import { hasTooManyValues, isHashAlone, isRecord, TOO_MANY_VALUES } from '../http/graphql-request.js';

/** A client's message: one of the protocol, one with only the hash of a query, or the reason to close the connection. */
export type Received =
  | { readonly message: Message }
  | { readonly hashOf: string }
  | { readonly close: CloseCode; readonly reason: string };

const FROM_SERVER: ReadonlySet<string> = new Set([MessageType.ConnectionAck, MessageType.Next, MessageType.Error]);
/** Of the protocol before this one, subscriptions-transport-ws. */
const LEGACY: ReadonlySet<unknown> = new Set(['start', 'stop', 'connection_terminate']);

/**
 * Parses a message of graphql-transport-ws; `ws` itself refuses text frames that aren't UTF-8 (1007). Reasons are short: a close
 * frame has room for 123 bytes.
 */
export function readMessage(bytes: Buffer): Received {
  const text = decodeUtf8(bytes);
  if (text === null) return refuse('The message is not JSON: it is not UTF-8.');
  if (hasTooManyValues(text)) return refuse(TOO_MANY_VALUES.message);
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    return refuse('The message is not JSON.');
  }
  if (!isRecord(value)) return refuse('The message is not an object.');
  if (LEGACY.has(value.type))
    return refuse('This is subscriptions-transport-ws. Use a client of graphql-transport-ws.');
  if (value.type === MessageType.Subscribe && typeof value.id === 'string' && isRecord(value.payload)) {
    if (isHashAlone(value.payload)) return { hashOf: value.id };
  }
  let message: Message;
  try {
    message = parseMessage(value);
  } catch {
    return refuse('The message is not one of graphql-transport-ws, or a part of it is missing or of a wrong type.');
  }
  // The size, as of an HTTP request; a value sent by the client under this name is overwritten.
  if (message.type === MessageType.Subscribe) Object.assign(message.payload, { chars: text.length });
  return FROM_SERVER.has(message.type) ? refuse(`A \`${message.type}\` is for servers to send.`) : { message };
}

function refuse(reason: string): Received {
  return { close: CloseCode.BadRequest, reason };
}
