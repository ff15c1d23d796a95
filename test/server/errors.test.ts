import { describe, expect, it } from 'vitest';
import { withoutValues } from '../../src/server/errors.js';

describe("a complaint of GraphQL's", () => {
  it.each([
    [
      'Variable "$input" got invalid value { mongodb: { conectionString: "mongodb://u:canary; at \\"x\\"; y@h" } } at "input.settings"; Field "conectionString" is not defined by type "MongoInput".',
      'Variable "$input" got an invalid value at "input.settings"; Field "conectionString" is not defined by type "MongoInput".',
    ],
    [
      'Variable "$input" got invalid value "canary-canary"; Expected type "I" to be an object.',
      'Variable "$input" got an invalid value; Expected type "I" to be an object.',
    ],
    [
      'Variable "$s" got invalid value { key: "canary" }; String cannot represent a non string value: { key: "canary" }',
      'Variable "$s" got an invalid value; String cannot represent a non string value: (not shown)',
    ],
    [
      'Expected value of type "MongoInput", found "mongodb://u:canary@h".',
      'Expected value of type "MongoInput", found (not shown).',
    ],
    [
      'String cannot represent a non string value: [{ a: "canary" }]',
      'String cannot represent a non string value: (not shown)',
    ],
  ])('quotes no value that may be a secret: %s', (said, shown) => {
    expect(withoutValues(said)).toBe(shown);
    expect(shown).not.toContain('canary');
  });

  it.each([
    'Enum "TaskStatus" cannot represent non-enum value: "DON".',
    'Int cannot represent non-integer value: 1.5',
    'Cannot query field "titel" on type "Task". Did you mean "title"?',
  ])('keeps what helps to mend it: %s', (said) => expect(withoutValues(said)).toBe(said));
});
