import { beforeEach, describe, expect, it } from 'vitest';
import { createContext } from '../../../src/graphql/context.js';
import { schema } from '../../../src/graphql/schema.js';
import { createEngine, type Engine } from '../../../src/server/execution/engine.js';
import { createTurns } from '../../../src/server/execution/turns.js';
import { createLogger } from '../../../src/server/log.js';
import type { Results } from '../../../src/server/subscriptions/event-stream.js';
import { createChanges } from '../../../src/services/subscriptions/changes.js';
import { checkpoint } from '../../services/migrations/moving.js';
import { author, everyone, type Graph, startGraph } from '../support.js';

const MANY = 20;
const PROJECT = `subscription ($id: ID!, $after: String) { projectChanges(projectId: $id, after: $after) {
  cursor entry { seq operation } record { id ... on Task { title } } } }`;

let graph: Graph;
let engine: Engine;
/** How often something was executed: a subscription's beginning, or an event. */
let executions: number;

beforeEach(async () => {
  graph = await startGraph();
  if (!graph.factory) return; // skipped
  const { services, factory } = graph;
  const server = { version: '1.2.3', storageModes: ['LOCAL'] as const, publicUrl: null };
  const parts = { services, factory, server, changes: createChanges(factory) };
  executions = 0;
  engine = createEngine({
    schema,
    createContext(caller, share) {
      executions += 1;
      return createContext(parts, caller, share);
    },
    introspection: true,
    turns: createTurns(),
    log: createLogger('silent' as 'error', { write: () => {} }),
  });
});

async function follow(query: string, variables: object, actor = 'ada'): Promise<Results> {
  const operation = engine.prepare({ query, variables: variables as Record<string, unknown> });
  if (!('kind' in operation)) throw operation[0]!;
  const caller = {
    actor,
    principal: everyone,
    requestId: 'r',
    signal: new AbortController().signal,
    isGone: () => false,
  };
  const results = await operation.subscribe(caller);
  if (!(Symbol.asyncIterator in results)) throw results.errors![0]!;
  return results;
}
const many = (query: string, variables: object) =>
  Promise.all(Array.from({ length: MANY }, () => follow(query, variables)));
/** The next of each, as text, and how often it was executed. */
async function next(all: readonly Results[], act: () => Promise<unknown>) {
  executions = 0;
  const waiting = all.map((results) => results.next());
  await act();
  const texts = (await Promise.all(waiting)).map(({ value }) => (value ? value.stringify() : 'none'));
  return { texts, executions };
}

describe('many followers of the same', () => {
  const create = (projectId: string, title: string) => () =>
    graph.services.tasks.create(author, { projectId, title }).then(() => undefined);

  it('get each change of a project computed once, and other actors have their own', async () => {
    const { id } = await graph.project();
    const alike = await many(PROJECT, { id });
    for (const title of ['first', 'second']) {
      const { texts, executions: count } = await next(alike, create(id, title));
      expect(count).toBe(1);
      expect(new Set(texts).size).toBe(1);
      expect(texts[0]).toContain(title);
    }
    const others = [
      ...alike,
      await follow(PROJECT, { id }, 'bob'),
      await follow('subscription S($id: ID!) { projectChanges(projectId: $id) { cursor } }', { id }),
    ];
    expect((await next(others, create(id, 'third'))).executions).toBe(3);
    for (const each of others) await each.return();
  });

  it('replay for themselves what they missed, and share what comes next', async () => {
    const { id } = await graph.project();
    const { project } = await graph.ask<{ project: { cursor: string } }>(
      'query ($id: ID!) { project(by: { id: $id }) { cursor } }',
      { id },
    );
    await create(id, 'missed')();
    const live = await follow(PROJECT, { id });
    const resumed = await follow(PROJECT, { id, after: project.cursor });
    expect((await resumed.next()).value?.stringify()).toContain('missed');
    const { texts, executions: count } = await next([live, resumed], create(id, 'new'));
    expect(count).toBe(1);
    expect(texts[0]).toBe(texts[1]);
    await Promise.all([live.return(), resumed.return()]);
  });

  it('get the deletion of the project computed once, and then the end', async () => {
    const { id, version } = await graph.project();
    const all = await many(PROJECT, { id });
    const { texts, executions: count } = await next(all, () => graph.services.projects.delete(author, { id, version }));
    expect(count).toBe(1);
    expect(texts[0]).toContain('DELETE');
    for (const each of all) expect((await each.next()).done).toBe(true);
  });

  it('get each change of the list of projects computed once', async () => {
    const all = await many('subscription { projectListChanges { cursor entry { operation } record { name } } }', {});
    const { texts, executions: count } = await next(all, () => graph.project({ name: 'Pier' }));
    expect(count).toBe(1);
    expect(new Set(texts).size).toBe(1);
    for (const each of all) await each.return();
  });

  it('get each step of a move computed once', async () => {
    const { id: projectId } = await graph.project();
    const to = (await graph.factory.of(projectId)).project.storageMode === 'FILE' ? 'LOCAL' : 'FILE';
    const { id } = await graph.services.migrations.start(author, { projectId, to });
    const query = 'subscription ($id: ID!) { migrationProgress(id: $id) { cursor phase message } }';
    const all = await many(query, { id });
    await next(all, async () => undefined); // how it stands
    const { store } = graph.factory.catalog;
    const { texts, executions: count } = await next(all, () => checkpoint(store, id, { phase: 'COPYING' }));
    expect(count).toBe(1);
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toContain('COPYING');
    for (const each of all) await each.return();
  });
});

it('a subscription returns the event itself, whatever its arguments, so that they need no part in the result key', () => {
  for (const field of Object.values(schema.getSubscriptionType()!.getFields())) {
    const event = {};
    const context = { turn: (work: () => unknown) => work() };
    expect(field.resolve?.(event, { any: 'argument' }, context, {} as never), field.name).toBe(event);
  }
});
