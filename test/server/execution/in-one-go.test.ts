import { getIntrospectionQuery } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import type { TurnOwner, Turns } from '../../../src/util/turn.js';
import { startToyServer, type ToyServer } from '../../support/toys/server.js';

/** The owners of turns, in order. */
let taken: TurnOwner[];
let toy: ToyServer;
let client: Client;

beforeEach(async () => {
  taken = [];
  const turns: Turns = {
    of:
      (owner = {}) =>
      (work) => {
        taken.push(owner);
        return work();
      },
  };
  toy = await startToyServer({ turns });
  client = createClient({
    url: `${toy.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  onTestFinished(async () => {
    await client.dispose();
    await toy.server.close();
  });
});

const hello = 'query($n: String) { hello(name: $n) }';
const heavy = () => taken.filter(({ isLight }) => isLight === false).length;

describe('an operation that is done in one go', () => {
  it('waits for no turn when it is little', async () => {
    await toy.ask({ query: '{ hello }' });
    expect(taken).toEqual([]);
  });

  it('waits for its turn when its answer is large, though nothing is read for it', async () => {
    const { body } = await toy.ask({ query: getIntrospectionQuery() });
    expect([body.errors, heavy()]).toEqual([undefined, 1]);
  });

  it('waits for its turn when its input is large', async () => {
    await toy.ask({ query: hello, variables: { n: 'x'.repeat(100_000) } });
    expect(heavy()).toBe(1);
  });

  it('is judged by its real size when it comes by WebSocket', async () => {
    const ask = async (n: string) => {
      const payload = { query: hello, variables: { n }, chars: 1 };
      return (await client.iterate(payload).next()).value;
    };
    expect(await ask('x')).toMatchObject({ data: {} });
    expect(heavy()).toBe(0);
    await ask('x'.repeat(100_000));
    expect(heavy()).toBe(1);
  });
});
