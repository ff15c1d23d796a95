import { CliError, payloadOf } from '../exit.js';
import type { ClaimTaskMutation, TaskFieldsFragment } from '../gql/graphql.js';
import type { Output } from '../output.js';
import type { Session } from '../session.js';
import { ClaimTask, CompleteTask, ReleaseTask, RenewClaim } from './documents.js';
import { findTask, projectOf, spelled } from './find-task.js';
import { type FilterOptions, filterOf } from './list.js';

interface ClaimOptions extends FilterOptions {
  readonly project?: string;
  readonly agent: string;
  readonly wait?: number;
  readonly lease?: number;
  readonly url?: string;
}

interface HeldOptions {
  readonly project?: string;
  readonly token: number;
}

/** Claims a task: the named one, or the first that is ready. */
export async function claimTask(
  session: Session,
  named: string | undefined,
  options: ClaimOptions,
): Promise<undefined> {
  const { api, output } = session;
  const { project, agent, wait, lease, url } = options;
  const filter = filterOf(options);
  const target =
    named === undefined
      ? { projectId: (await projectOf(api, project)).id }
      : await findTask(api, named, project).then(({ id, project }) => ({ projectId: project.id, id }));
  const input = {
    ...target,
    // With a name as well, the API refuses it.
    ...(Object.keys(filter).length === 0 ? {} : { filter }),
    agent,
    ...(wait === undefined ? {} : { waitSeconds: wait }),
    ...(lease === undefined ? {} : { leaseSeconds: lease }),
  };
  const { task, claim } = claimed((await api.run(ClaimTask, { input }, agent)).claimTask);
  output.json(task);
  printTask(output, task);
  if (task.description) output.line(task.description);
  output.line(`Claimed by ${claim.agent} until ${claim.expiresAt}. The token is ${claim.token}.`);
  // By its id, a task is found from any folder.
  const name = named === task.id ? named : spelled(task);
  const where = [
    ['--project', project && target.projectId],
    ['--url', url],
  ].flatMap(([option, value]) => (value === undefined ? [] : [` ${option} ${value}`]));
  printNext(output, `${name}${where.join('')} --token ${claim.token}`);
}

/** The payload of a claim. @throws CliError that names the options of this command, where the API names its inputs */
function claimed(result: ClaimTaskMutation['claimTask']) {
  try {
    return payloadOf(result);
  } catch (error) {
    const mayWait =
      result.__typename === 'NothingReadyError' ||
      (result.__typename === 'TaskNotReadyError' && result.heldBy !== null);
    if (!(error instanceof CliError) || !mayWait) throw error;
    throw new CliError(error.exitCode, error.message, NOT_READY, error.code);
  }
}

const NOT_READY = 'Wait for up to a minute with --wait 60, or see `mooring tasks ready` and `mooring tasks board`.';

/** Extends a claim. */
export async function renewClaim(
  session: Session,
  named: string,
  { lease, ...held }: HeldOptions & { readonly lease?: number },
): Promise<undefined> {
  const { api, output } = session;
  const { actor, ...claimed } = await findHeld(session, named, held);
  const input = { ...claimed, ...(lease === undefined ? {} : { leaseSeconds: lease }) };
  const { task } = payloadOf((await api.run(RenewClaim, { input }, actor)).renewClaim);
  output.json(task);
  printTask(output, task);
  if (task.claim) output.line(`Claimed by ${task.claim.agent} until ${task.claim.expiresAt}.`);
}

/** Releases a claimed task, for others to claim. */
export async function releaseTask(
  session: Session,
  named: string,
  { reason, ...held }: HeldOptions & { readonly reason?: string },
): Promise<undefined> {
  const { api, output } = session;
  const { actor, ...claimed } = await findHeld(session, named, held);
  const input = { ...claimed, ...(reason === undefined ? {} : { reason }) };
  const { task } = payloadOf((await api.run(ReleaseTask, { input }, actor)).releaseTask);
  output.json(task);
  printTask(output, task);
  output.line(`Released: ${task.status}, assigned to ${task.assignedAgent ?? 'nobody'}.`);
}

/** Marks a claimed task as done. */
export async function completeTask(
  session: Session,
  named: string,
  { result, ...held }: HeldOptions & { readonly result?: string },
): Promise<undefined> {
  const { api, output } = session;
  const { actor, ...claimed } = await findHeld(session, named, held);
  const input = { ...claimed, ...(result === undefined ? {} : { result }) };
  const { task } = payloadOf((await api.run(CompleteTask, { input }, actor)).completeTask);
  output.json(task);
  printTask(output, task);
  output.line('Done.');
}

/** The task and token of a claim, and its agent as the actor; undefined when the token is another's. */
async function findHeld({ api }: Session, named: string, { project, token }: HeldOptions) {
  const { id, claim } = await findTask(api, named, project);
  return { id, token, actor: claim?.token === token ? claim.agent : undefined };
}

function printTask(output: Output, task: TaskFieldsFragment): void {
  output.line(`${output.style('bold', spelled(task))}  ${task.title}`);
}

/** @param held the arguments that name the task and the claim */
function printNext(output: Output, held: string): void {
  const steps = [
    ['done', ' --result "…"', 'it is done'],
    ['renew', '', 'it takes longer'],
    ['release', ' --reason "…"', 'somebody else should do it'],
  ].map(([verb, option, why]) => ({
    command: `mooring tasks ${verb} ${held}${option}`,
    why,
  }));
  const width = Math.max(...steps.map(({ command }) => command.length));
  output.line();
  output.line('Next:');
  for (const { command, why } of steps) {
    output.line(`  ${command.padEnd(width)}  ${output.style('dim', `# ${why}`)}`);
  }
}
