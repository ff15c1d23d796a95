import { z } from 'zod';
import { hasTooManyValues } from '../../network/json-size.js';
import { replyError, type VoyageError } from './errors.js';

/** A parsed response. */
export interface VoyageReply {
  /** The vector of each text, of unit length, in their order; an error where the received one is invalid. */
  readonly vectors: readonly (Float32Array | VoyageError)[];
  /** As counted and billed by Voyage AI. */
  readonly tokens: number;
}

const listSchema = z.object({ data: z.array(z.unknown()) });
/** Reports one issue, however many numbers are wrong. */
const numbers = z.custom<number[]>((value) => Array.isArray(value) && value.every((each) => typeof each === 'number'));
const replySchema = z.object({
  data: z.array(z.object({ index: z.int(), embedding: z.union([z.string(), numbers]) })),
  usage: z.object({ total_tokens: z.int().nonnegative() }),
});

export interface Expected {
  readonly host: string;
  readonly count: number;
  readonly dimensions: number;
}

/** @throws VoyageError when the response isn't what was requested */
export function parseReply(body: Buffer, expected: Expected): VoyageReply {
  const { host, count } = expected;
  const reply = jsonOf(body, host);
  // Counted first: the schema reports an issue for each item.
  const listed = listSchema.safeParse(reply);
  if (listed.success && listed.data.data.length !== count)
    throw replyError(host, `it has ${listed.data.data.length} vectors for ${count} texts`);
  const parsed = replySchema.safeParse(reply);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw replyError(host, `it isn't a list of vectors (${issue?.path.join('.') || 'all of it'}: ${issue?.code})`);
  }
  const { data, usage } = parsed.data;
  const outcomes = new Array<Float32Array | VoyageError | undefined>(count).fill(undefined);
  for (const { index, embedding } of data) {
    if (index < 0 || index >= count || outcomes[index])
      throw replyError(host, `the index ${index} of a vector is invalid`);
    const vector = typeof embedding === 'string' ? decode(embedding) : Float32Array.from(embedding);
    outcomes[index] = vectorFault(vector, expected) ?? vector;
  }
  const usable = outcomes as (Float32Array | VoyageError)[];
  const faults = usable.filter((outcome) => outcome instanceof Error);
  if (count > 0 && faults.length === count) throw faults[0]!;
  return { vectors: usable, tokens: usage.total_tokens };
}

/** Normalizes a vector, or returns why it is invalid. Other vectors of the response are still used, as they are billed. */
function vectorFault(vector: Float32Array, { host, dimensions }: Expected): VoyageError | null {
  if (vector.length !== dimensions) {
    return replyError(host, `vectors have ${vector.length} dimensions instead of ${dimensions}`);
  }
  return normalize(vector) ? null : replyError(host, 'a vector has no direction');
}

function jsonOf(body: Buffer, host: string): unknown {
  if (hasTooManyValues(body)) throw replyError(host, 'it has too many values');
  try {
    return JSON.parse(body.toString());
  } catch {
    throw replyError(host, "it isn't JSON");
  }
}

/** Little-endian float32. */
function decode(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length % 4 !== 0) return new Float32Array();
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
}

/** Scales a vector to unit length; false when that is impossible. */
function normalize(vector: Float32Array): boolean {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (!Number.isFinite(length) || length === 0) return false;
  for (let i = 0; i < vector.length; i++) vector[i]! /= length;
  return true;
}
