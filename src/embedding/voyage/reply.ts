import { z } from 'zod';
import { hasTooManyValues } from '../../network/json-size.js';
import { replyError, type VoyageError } from './errors.js';

/** What came of a request. */
export interface VoyageReply {
  /** Of each text, in their order: its vector, of unit length, or why what came is none. */
  readonly vectors: readonly (Float32Array | VoyageError)[];
  /** As Voyage AI counts and bills them. */
  readonly tokens: number;
}

const listSchema = z.object({ data: z.array(z.unknown()) });
/** One issue is enough to say so. */
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

/** @throws VoyageError when the answer isn't what was asked for */
export function parseReply(body: Buffer, expected: Expected): VoyageReply {
  const { host, count } = expected;
  const reply = jsonOf(body, host);
  // Counted first: a schema has a word to say about each item.
  const listed = listSchema.safeParse(reply);
  if (listed.success && listed.data.data.length !== count)
    throw replyError(host, `${count} texts gave ${listed.data.data.length} vectors`);
  const parsed = replySchema.safeParse(reply);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw replyError(host, `it isn't a list of vectors (${issue?.path.join('.') || 'all of it'}: ${issue?.code})`);
  }
  const { data, usage } = parsed.data;
  const outcomes = new Array<Float32Array | VoyageError | undefined>(count).fill(undefined);
  for (const { index, embedding } of data) {
    if (index < 0 || index >= count || outcomes[index])
      throw replyError(host, `the vectors' numbering has ${index} in it`);
    const vector = typeof embedding === 'string' ? decode(embedding) : Float32Array.from(embedding);
    outcomes[index] = vectorFault(vector, expected) ?? vector;
  }
  const usable = outcomes as (Float32Array | VoyageError)[];
  const faults = usable.filter((outcome) => outcome instanceof Error);
  if (count > 0 && faults.length === count) throw faults[0]!;
  return { vectors: usable, tokens: usage.total_tokens };
}

/** Makes it one of unit length, or says why it can't be. The others were paid for, and are taken all the same. */
function vectorFault(vector: Float32Array, { host, dimensions }: Expected): VoyageError | null {
  if (vector.length !== dimensions) {
    return replyError(host, `vectors have ${vector.length} dimensions instead of ${dimensions}`);
  }
  return normalise(vector) ? null : replyError(host, 'a vector has no direction');
}

function jsonOf(body: Buffer, host: string): unknown {
  if (hasTooManyValues(body)) throw replyError(host, 'it has more values than an answer has');
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

/** Makes it one of unit length; false when it can't be. */
function normalise(vector: Float32Array): boolean {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (!Number.isFinite(length) || length === 0) return false;
  for (let i = 0; i < vector.length; i++) vector[i]! /= length;
  return true;
}
