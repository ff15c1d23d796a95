import type { z } from 'zod';
import type { Author, PausedCaller } from '../../domain/author.js';
import { parseInput } from '../../domain/fields/parse.js';
import { type Claim, claimAt, type StageResult, type Task, taskFields } from '../../domain/task.js';
import * as input from '../input/claim.js';
import { getRecord, planWrite, requireLive } from '../records/lifecycle.js';
import { taskRules } from '../records/rules/task.js';
import type { ProjectRoute, Router } from '../records/store-router.js';
import type { Plan, Transact } from '../records/transaction.js';
import type { ScreenedRoute } from '../records/write-screen.js';
import type { ClaimService } from './contract.js';
import { findByHandle } from './handles.js';
import { createOffers, type Offer } from './offers.js';
import { findObstacle, requireClaim } from './readiness.js';
import { untilReady } from './waiting.js';

export function createClaimService(router: Router, transact: Transact, now: () => number): ClaimService {
  const offers = createOffers();
  /** Not the time of the commit, which is ahead of the clock where the last commit was. */
  const time = () => new Date(now()).toISOString();
  const expiry = (leaseSeconds: number) => new Date(now() + leaseSeconds * 1_000).toISOString();

  /** Claims a task, or none. @throws NothingReadyError, TaskNotReadyError */
  async function tryClaim(author: Author, wanted: Wanted): Promise<Task> {
    const { projectId, agent, leaseSeconds } = wanted;
    const offer = offers.open();
    try {
      return await transact(
        author,
        () => router.toProject(projectId),
        async (route, at) => {
          const task = await choose(route, wanted, offer, author);
          return planUpdate(
            route,
            task,
            {
              status: 'IN_PROGRESS',
              assignedAgent: agent,
              claim: { agent, expiresAt: expiry(leaseSeconds), ...beforeClaim(task) },
              claimToken: task.claimToken + 1,
            },
            at,
          );
        },
      );
    } finally {
      offer.close();
    }
  }

  async function choose(route: ProjectRoute, wanted: Wanted, offer: Offer, caller: PausedCaller): Promise<Task> {
    const { id, handle, agent, filter = {} } = wanted;
    if (id === undefined && handle === undefined) return offer.next(route, filter, time(), caller);
    const task = requireLive(
      await getRecord(taskRules, route, id ?? (await findByHandle(route.repositories, handle!))),
    );
    const obstacle = await findObstacle(route.store, task, agent, time());
    if (obstacle) throw obstacle;
    return task;
  }

  /** Writes a claimed task. @throws ClaimLostError */
  function update(
    author: Author,
    { id, token }: { readonly id: string; readonly token: number },
    change: (task: Task & { readonly claim: Claim }, at: string) => Partial<Task>,
  ): Promise<Task> {
    return transact(
      author,
      () => router.toProject(id),
      async (route, at) => {
        const task = requireLive(await getRecord(taskRules, route, id));
        requireClaim(task, token, time());
        return planUpdate(route, task, change(task as Task & { readonly claim: Claim }, at), at);
      },
    );
  }

  return {
    async claim(author, given) {
      const { waitSeconds, ...wanted } = parseInput(input.claim, given);
      return untilReady(() => tryClaim(author, wanted), {
        author,
        route: () => router.toProject(wanted.projectId),
        waitSeconds,
        now,
      });
    },
    async renew(author, given) {
      const { leaseSeconds, ...held } = parseInput(input.renewal, given);
      return update(author, held, ({ claim }) => ({ claim: { ...claim, expiresAt: expiry(leaseSeconds) } }));
    },
    async release(author, given) {
      const { reason, ...held } = parseInput(input.release, given);
      return update(author, held, (task, at) => ({
        ...beforeClaim(task),
        claim: null,
        lastRelease: reason === undefined ? task.lastRelease : { agent: task.claim.agent, at, reason },
      }));
    },
    async complete(author, given) {
      const { result, stageResult, ...held } = parseInput(input.completion, given);
      return update(author, held, (task, at) => ({
        status: 'DONE',
        result: result ?? task.result,
        stageResults: stageResult
          ? withStageResult(task, { ...stageResult, at: stageResult.at ?? at })
          : task.stageResults,
      }));
    },
    isExpired: (claim) => claimAt({ claim }, time()) === null,
  };
}

type Wanted = Omit<z.output<typeof input.claim>, 'waitSeconds'>;

/** What a claim replaced, unless somebody has set something else since. */
function beforeClaim({ claim, status, assignedAgent }: Task): Pick<Task, 'status' | 'assignedAgent'> {
  return {
    status: claim && status === 'IN_PROGRESS' ? claim.status : status,
    assignedAgent: claim && assignedAgent === claim.agent ? claim.assignedAgent : assignedAgent,
  };
}

function planUpdate(
  route: ScreenedRoute<ProjectRoute>,
  before: Task,
  change: Partial<Task>,
  at: string,
): Promise<Plan<Task>> {
  return planWrite(taskRules, route, { operation: 'UPDATE', before, after: { ...before, ...change }, field: '' }, at);
}

/** @throws InvalidInputError when the task has as many as it may have */
function withStageResult({ stageResults }: Task, added: StageResult): readonly StageResult[] {
  return parseInput(taskFields.stageResults, [...stageResults, added], 'stageResult');
}
