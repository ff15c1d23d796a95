import { expect, it } from 'vitest';
import { withArguments } from '../../src/mcp/calls/sent-arguments.js';

const calling = (sent: unknown) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'search', arguments: sent },
});

it('arguments that were sent as a text are the object that it has', () => {
  expect(withArguments(calling('{"query":"x"}'))).toEqual(calling({ query: 'x' }));
  expect(withArguments(calling(' '))).toEqual(calling({}));
  expect(withArguments([calling('{}'), null])).toEqual([calling({}), null]);
});

it('null is no arguments', () => {
  expect(withArguments(calling(null)).params).toEqual({ name: 'search' });
});

it.each([
  ['a text that is no object', 'query'],
  ['a list', '[1]'],
  ['a list', [1]],
  ['an object', { query: 'x' }],
])('%s is left as it is', (_, sent) => {
  expect(withArguments(calling(sent))).toEqual(calling(sent));
});

it.each([[null], [1], ['x'], [{}], [{ method: 'tools/list', params: null }], [{ method: 'tools/call', params: 'x' }]])(
  'what is no call is left as it is: %j',
  (message) => {
    expect(withArguments<unknown>(message)).toBe(message);
  },
);
