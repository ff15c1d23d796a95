import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from '../../support/api.js';

/** Migrations as a client of the API sees them. */

export interface Place {
  readonly mode: 'LOCAL' | 'FILE' | 'MONGODB';
  /** A place of the project's own; left out: that of the mode's settings. */
  readonly location?: string;
}

export interface Finding {
  readonly collection: string;
  readonly recordId: string;
  readonly differing: readonly string[];
  readonly reason: string;
  readonly isRepaired: boolean;
}

export interface Move {
  readonly id: string;
  readonly phase: string;
  readonly isRollingBack: boolean;
  readonly isPaused: boolean;
  readonly isOver: boolean;
  readonly message: string;
  readonly problem: { readonly code: string; readonly message: string; readonly hint: string } | null;
  readonly progress: {
    readonly collections: readonly {
      readonly name: string;
      readonly done: number;
      readonly total: number;
      readonly rejected: number;
      readonly verified: number;
    }[];
    readonly vectors: { readonly done: number; readonly total: number; readonly failed: number };
    readonly lag: { readonly entries: number; readonly seconds: number };
    readonly tokens: number;
    readonly fenceMs: number | null;
    readonly canCutOver: boolean;
    readonly canRollBack: boolean;
  };
  readonly verification: {
    readonly isComplete: boolean;
    readonly seq: number;
    readonly collections: readonly {
      readonly name: string;
      readonly compared: number;
      readonly mismatches: number;
      readonly repaired: number;
      readonly digest: string | null;
    }[];
  } | null;
  readonly finalization: { readonly token: string; readonly expiresAt: string; readonly consequence: string } | null;
  readonly mismatches: { readonly nodes: readonly Finding[] };
  readonly rejects: { readonly nodes: readonly Finding[] };
}

const FINDINGS = 'nodes { collection recordId differing reason isRepaired }';
export const MOVE = `id phase isRollingBack isPaused isOver message problem { code message hint }
  progress { collections { name done total rejected verified } vectors { done total failed } lag { entries seconds } tokens fenceMs canCutOver canRollBack }
  verification { isComplete seq collections { name compared mismatches repaired digest } }
  finalization { token expiresAt consequence }
  mismatches(first: 50) { ${FINDINGS} } rejects(first: 50) { ${FINDINGS} }`;

/** Starts a move; returns its id. */
export async function startMove({ mutate }: Api, projectId: string, to: Place, options: object = {}): Promise<string> {
  const location = to.location === undefined ? {} : { location: to.location };
  const { migration } = await mutate<{ migration: { id: string } }>(
    'startMigration',
    { projectId, to: to.mode, ...location, ...options },
    'migration { id }',
  );
  return migration.id;
}

export async function readMove({ ask }: Api, id: string): Promise<Move> {
  const { migration } = await ask<{ migration: Move }>(`query ($id: ID!) { migration(id: $id) { ${MOVE} } }`, { id });
  return migration;
}

type Command = 'pause' | 'resume' | 'cancel' | 'cutOver' | 'rollBack' | 'verify' | 'finalize';

/** Sends a migration a command. @throws Refusal */
export async function sendCommand({ mutate }: Api, command: Command, id: string, more: object = {}): Promise<void> {
  await mutate(`${command}Migration`, { id, ...more }, 'migration { id }');
}

/** Resolves when the migration is as it should be. Another final phase and the deadline are errors that describe its state. */
export async function until(
  api: Api,
  id: string,
  isThere: (move: Move) => boolean,
  deadlineMs = 400_000,
): Promise<Move> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const move = await readMove(api, id);
    if (isThere(move)) return move;
    if (move.isOver || Date.now() > deadline) {
      const { phase, message, problem, progress, verification, mismatches } = move;
      const { lag, vectors, collections } = progress;
      const state = {
        phase,
        message,
        problem,
        lag,
        vectors,
        collections,
        verification,
        mismatches: mismatches.nodes.slice(0, 5),
      };
      throw new Error(`The migration isn't there ${move.isOver ? 'and is over' : 'in time'}: ${JSON.stringify(state)}`);
    }
    await delay(50);
  }
}

/** Resolves when the migration is in this phase. One that was cancelled must not move all the same. */
export function untilPhase(api: Api, id: string, phase: string, deadlineMs?: number): Promise<Move> {
  return until(
    api,
    id,
    (move) => {
      if (phase === 'CANCELLED' && move.phase === 'MOVED') throw new Error('It was cancelled, and moved all the same.');
      return move.phase === phase;
    },
    deadlineMs,
  );
}

/** Resolves when a step is held, with its release; rejects when the migration ends before that. */
export function untilHeld<T>(api: Api, id: string, held: Promise<T>): Promise<T> {
  let isHeld = false;
  const reached = held.finally(() => {
    isHeld = true;
  });
  return Promise.race([reached, until(api, id, () => isHeld).then(() => reached)]);
}
