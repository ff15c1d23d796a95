import { createClient as createEventClient } from 'graphql-sse';
import { describe, expect, it } from 'vitest';
import type { Api } from '../../support/api.js';
import { socketTo } from '../../support/workload/follow.js';
import { readMove, sendCommand, startMove, untilPhase } from '../support/moves.js';
import { createGate, makeWorld } from '../support/world.js';

interface Event extends Record<string, unknown> {
  readonly migrationProgress: { readonly cursor: string; readonly phase: string; readonly isPaused: boolean };
}

const QUERY = `subscription ($id: ID!, $after: String) { migrationProgress(id: $id, after: $after) {
  cursor phase isPaused message lag { entries seconds } collections { name done total } vectors { done total } canCutOver } }`;

/** Follows a migration until it ends, or this phase is reached. */
async function watch(
  api: Api,
  id: string,
  after: string | null,
  { last, onEvent }: { readonly last?: string; readonly onEvent?: () => void } = {},
): Promise<Event['migrationProgress'][]> {
  const client = socketTo(api);
  const seen: Event['migrationProgress'][] = [];
  try {
    for await (const { data, errors } of client.iterate<Event>({ query: QUERY, variables: { id, after } })) {
      if (!data) throw new Error(JSON.stringify(errors));
      seen.push(data.migrationProgress);
      onEvent?.();
      if (data.migrationProgress.phase === last) break;
    }
    return seen;
  } finally {
    await client.dispose();
  }
}

const phasesOf = (events: readonly Event['migrationProgress'][]) =>
  events.map(({ phase }) => phase).filter((phase, n, all) => phase !== all[n - 1]);

async function begun() {
  const world = await makeWorld();
  const gate = createGate();
  const app = await world.start(gate);
  const projectId = await app.createProject({ storageMode: 'LOCAL' });
  const work = await world.people(app, projectId, { before: 120 });
  const held = gate.holdAt('copy');
  const id = await startMove(app, projectId, { mode: 'FILE' });
  return { world, gate, app, projectId, work, id, release: await held };
}

describe('a subscription to a move', () => {
  it('sends the current state at once, then each phase, and ends with the migration', async () => {
    const { app, id, release } = await begun();
    // Not before it has the current state.
    const events = watch(app, id, null, { onEvent: release });
    const { finalization } = await untilPhase(app, id, 'MOVED');
    await sendCommand(app, 'finalize', id, { token: finalization!.token });
    const phases = phasesOf(await events);
    expect(phases[0]).toBe('COPYING');
    expect(phases.slice(-3)).toEqual(['MOVED', 'FINALIZING', 'FINALIZED']);
    // A later subscriber gets the end, and no more.
    expect(phasesOf(await watch(app, id, null))).toEqual(['FINALIZED']);
  });

  it('that was dropped is resumed by its cursor, and sees each phase that it missed, once', async () => {
    const { app, id, release } = await begun();
    const [first] = await watch(app, id, null, { last: 'COPYING' });
    release();
    await untilPhase(app, id, 'MOVED');
    const missed = await watch(app, id, first!.cursor, { last: 'MOVED' });
    // The phase that it was in may have further events or not.
    const phases = phasesOf([first!, ...missed]);
    // On a slow machine a cut-over times out and is retried.
    expect(phases.join(' ')).toMatch(/^COPYING CATCHING_UP VERIFYING( CATCHING_UP CUTTING_OVER)+ MOVED$/);
    expect(phasesOf(await watch(app, id, missed.at(-2)!.cursor, { last: 'MOVED' }))).toEqual(['MOVED']);
  });

  it('continues over another server on the same data', async () => {
    const { world, app, id, release } = await begun();
    const [first] = await watch(app, id, null, { last: 'COPYING' });
    await sendCommand(app, 'pause', id);
    release();
    await app.close();
    const again = await world.start();
    const events = watch(again, id, first!.cursor, { last: 'MOVED' });
    await sendCommand(again, 'resume', id);
    expect(phasesOf(await events).at(-1)).toBe('MOVED');
  });

  it('is served as events over HTTP too', async () => {
    const { app, id, release } = await begun();
    const client = createEventClient({ url: `${app.url}/graphql`, retryAttempts: 0 });
    release();
    const seen: string[] = [];
    for await (const { data } of client.iterate<Event>({ query: QUERY, variables: { id } })) {
      seen.push(data!.migrationProgress.phase);
      if (data!.migrationProgress.phase === 'MOVED') break;
    }
    client.dispose();
    expect(seen.at(-1)).toBe('MOVED');
    expect((await readMove(app, id)).phase).toBe('MOVED');
  });
});
