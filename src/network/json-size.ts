/** More values than any expected response has: a page of vectors has some 200,000. */
const MAX_VALUES = 1_000_000;

const COMMA = 0x2c;
const BRACKET = 0x5b;
const BRACE = 0x7b;

/**
 * Whether parsing this JSON would create more values than a response may have, which would block the thread. Counts without
 * parsing, and so a little too many: commas and brackets within strings count.
 */
export function hasTooManyValues(json: Uint8Array): boolean {
  let values = 0;
  for (let index = 0; index < json.length; index += 1) {
    const byte = json[index];
    if (byte === COMMA || byte === BRACKET || byte === BRACE) values += 1;
  }
  return values > MAX_VALUES;
}
