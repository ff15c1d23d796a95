import { type Document, Long, ObjectId } from 'mongodb';
import { isHost } from './address.js';

/**
 * A server's description of itself and of the other members of its replica set, made safe before the driver acts on it.
 */

const MEMBERS = ['hosts', 'passives', 'arbiters'] as const;
/** More members than a replica set can have. */
const MAX_MEMBERS = 100;
const MAX_TEXT = 255;

const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
const isCounter = (value: unknown) => isNumber(value) || typeof value === 'bigint' || Long.isLong(value);
const isObject = (value: unknown): value is Document => typeof value === 'object' && value !== null;

/** Fields that the driver uses unchecked, in an event whose errors nobody catches. */
const FIELDS: readonly (readonly [name: string, isFit: (value: unknown) => boolean])[] = [
  ['me', isMember],
  ['primary', isMember],
  ['setName', (value) => typeof value === 'string' && value.length <= MAX_TEXT],
  ['setVersion', isNumber],
  ['electionId', (value) => value instanceof ObjectId],
  ['tags', isObject],
  ['lastWrite', isObject],
  ['topologyVersion', (value) => isObject(value) && value.processId instanceof ObjectId && isCounter(value.counter)],
  ['$clusterTime', (value) => isObject(value) && Long.isLong(value.clusterTime)],
  ['minWireVersion', isNumber],
  ['maxWireVersion', isNumber],
  ['logicalSessionTimeoutMinutes', isNumber],
  ['maxMessageSizeBytes', isNumber],
  ['maxWriteBatchSize', isNumber],
  ['maxBsonObjectSize', isNumber],
];

/**
 * Removes from a reply what is malformed, and the members that may not be connected to; changes the reply itself, which
 * the driver reads next. @returns the first refused member, null when there is none
 */
export function checkHello(reply: Document, isRefused: (host: string) => boolean): string | null {
  for (const [name, isFit] of FIELDS) if (reply[name] != null && !isFit(reply[name])) delete reply[name];
  let refused: string | null = null;
  for (const name of MEMBERS) {
    if (reply[name] == null) continue;
    const members: string[] = (Array.isArray(reply[name]) ? reply[name].slice(0, MAX_MEMBERS) : []).filter(isMember);
    refused ??= members.find(isRefused) ?? null;
    reply[name] = members.filter((host) => !isRefused(host));
  }
  return refused;
}

function isMember(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT && isHost(value) && URL.canParse(`mongodb://${value}`);
}
