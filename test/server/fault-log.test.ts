import { afterAll, beforeAll, expect, test } from 'vitest';
import { startToyServer, type ToyServer } from '../support/toys/server.js';

let toy: ToyServer;
beforeAll(async () => {
  toy = await startToyServer();
});
afterAll(() => toy.server.close());

test.each([
  ['one', 1, 1, undefined],
  ['five', 5, 5, undefined],
  ['six', 6, 5, 1],
  ['a thousand', 1_000, 5, 995],
])(
  'of a request with %s failing fields, the first few are logged with their stacks, and the others counted',
  async (_name, first, whole, more) => {
    toy.lines.length = 0;
    const { body } = await toy.ask({ query: `{ boats(first: ${first}) { leak } }` });
    expect(body.errors).toHaveLength(first);
    const faults = toy.lines.filter(({ level }) => level === 50);
    const [one] = faults;
    expect(faults.filter(({ msg }) => msg === 'unexpected error')).toHaveLength(whole);
    expect(one).toMatchObject({ path: 'boats.0.leak', err: { stack: expect.stringContaining('engine room') } });
    const rest = faults.filter(({ msg }) => msg === 'more unexpected errors');
    expect(rest.map(({ count }) => count)).toEqual(more === undefined ? [] : [more]);
    expect(new Set(faults.map(({ requestId }) => requestId)).size).toBe(1);
  },
);

test('a record that lacks a required field is reported as damaged, and logged', async () => {
  toy.lines.length = 0;
  const { body } = await toy.ask({ query: '{ boat(id: 1) { id sunk } }' });
  expect(body.errors).toMatchObject([{ path: ['boat', 'sunk'], extensions: { code: 'STORE_DAMAGED' } }]);
  expect(toy.lines.filter(({ level }) => level === 50)).toMatchObject([{ path: 'boat.sunk' }]);
});
