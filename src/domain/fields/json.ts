import { z } from 'zod';
import type { Json, JsonObject } from '../../util/json/json.js';
import { type Refusal, refuse, refuseLost } from './parse.js';
import { findTextFault } from './text.js';

/** How deep lists and objects may be nested. */
export const MAX_JSON_DEPTH = 32;
/** Characters of a path inside a value that an error shows. */
const MAX_PATH = 200;
/** A key that looks like a name is shown in errors; any other may be data, and its index is shown. */
const SHOWN_KEY = /^\w{1,40}$/;
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/** Any JSON value of at most `maxBytes` when serialized. */
export function json(maxBytes: number) {
  return z.custom<Json>().superRefine(refuse((value) => findFault(value, '', 1) ?? checkSize(value, maxBytes)));
}

/** A JSON object of at most `maxBytes` when serialized. */
export function jsonObject(maxBytes: number) {
  return z.custom<JsonObject>().superRefine(
    refuse((value) => {
      if (isPlainObject(value)) return findFault(value, '', 1) ?? checkSize(value, maxBytes);
      return { message: 'must be a JSON object', hint: 'Give an object such as {"source":"chat"}.' };
    }),
  );
}

/** For a value that is known to be JSON: refuses more than `maxBytes` when serialized. */
export function refuseLarger(maxBytes: number) {
  return refuse<unknown>((value) => checkSize(value, maxBytes));
}

function findFault(value: unknown, at: string, depth: number): Refusal | null {
  switch (typeof value) {
    case 'string':
      return locate(findTextFault(value), at);
    case 'boolean':
      return null;
    case 'number':
      return Number.isFinite(value) ? null : notJson(at, 'JSON has no such number');
    case 'symbol':
      return refuseLost(value, at);
    case 'object':
      return value === null ? null : findFaultInside(value, at, depth);
    default:
      return notJson(at, `${typeof value} is nothing that JSON knows`);
  }
}

function findFaultInside(value: object, at: string, depth: number): Refusal | null {
  if (depth > MAX_JSON_DEPTH) {
    return {
      message: `is nested more than ${MAX_JSON_DEPTH} deep`,
      hint: 'Flatten it, or keep the inner part as a text.',
    };
  }
  if (!Array.isArray(value) && !isPlainObject(value)) return notJson(at, 'only plain objects and lists are JSON');
  for (const [index, key] of Object.keys(value).entries()) {
    const name = SHOWN_KEY.test(key) ? key : `[${index}]`;
    const inside = (at === '' ? name : `${at}.${name}`).slice(0, MAX_PATH);
    const fault = checkKey(key, inside) ?? findFault(Reflect.get(value, key), inside, depth + 1);
    if (fault) return fault;
  }
  return null;
}

function checkKey(key: string, at: string): Refusal | null {
  if (RESERVED.has(key)) {
    return {
      message: `has the key ${at}, a name that JavaScript reserves`,
      hint: 'Rename the key: programs that read it back could be led astray by it.',
    };
  }
  const fault = findTextFault(key);
  return fault && { ...fault, message: `has a key that ${fault.message}` };
}

function checkSize(value: unknown, maxBytes: number): Refusal | null {
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes <= maxBytes) return null;
  return { message: `has ${bytes} bytes as JSON; at most ${maxBytes} are kept`, hint: 'Keep less in it.' };
}

function locate(fault: Refusal | null, at: string): Refusal | null {
  return fault && at !== '' ? { ...fault, message: `${fault.message} at ${at}` } : fault;
}

function notJson(at: string, why: string): Refusal {
  return { message: `isn't JSON${at === '' ? '' : ` at ${at}`}: ${why}`, hint: 'Give a value that JSON can hold.' };
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
