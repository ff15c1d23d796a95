import type { Command } from 'commander';
import { EXIT_HELP } from '../exit.js';
import { acting, oneOf, oneOrMore, wholeNumber, withGlobalOptions } from '../session.js';
import { claimTask, completeTask, releaseTask, renewClaim } from './claims.js';
import { listReady, listTasks, showBoard } from './list.js';

const STATUSES = ['BACKLOG', 'ANALYSIS', 'IN_PROGRESS', 'TESTING', 'CODE_REVIEW', 'DONE', 'BLOCKED'] as const;
const PRIORITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
const TYPES = ['FEATURE', 'BUG', 'REFACTOR', 'DOCS', 'CHORE'] as const;
const parseStatus = oneOrMore(oneOf(...STATUSES));
const parsePriority = oneOrMore(oneOf(...PRIORITIES));
const parseType = oneOrMore(oneOf(...TYPES));
const listOf = (values: readonly string[]) => values.join(', ').toLowerCase();
const MAX_TOKEN = 2 ** 31 - 1;
const WEEK = 604_800;

/** `mooring tasks …` */
export function addTaskCommands(program: Command): void {
  const tasks = program
    .command('tasks')
    .summary('Lists tasks, and claims them for agents.')
    .description(DESCRIPTION)
    .addHelpText('after', EXAMPLES);
  const command = (name: string, description: string) =>
    withGlobalOptions(tasks.command(name))
      .description(description)
      .option('--project <id|path>', 'the project, by its id or its path (default: that of the working directory)');
  addLists(command);
  addClaims(command);
}

type AddCommand = (name: string, description: string) => Command;

function addLists(command: AddCommand): void {
  withFilter(command('list', 'Lists the tasks, newest first.'))
    .option('--status <status>', `only those with this status: ${listOf(STATUSES)}; can be repeated`, parseStatus)
    .option('--agent <name>', 'only those assigned to this agent')
    .option('--limit <n>', 'the most to list', wholeNumber(1, 1_000_000))
    .action(acting(listTasks));
  withFilter(command('ready', 'Lists the tasks that can be worked on now: the most urgent first, then the oldest.'))
    .option('--agent <name>', 'also those that this agent has claimed')
    .option('--limit <n>', 'the most to list', wholeNumber(1, 1_000_000))
    .action(acting(listReady));
  command('board', 'Shows the tasks in numbers: by status, ready, blocked, claimed, and by agent.').action(
    acting(showBoard),
  );
}

function addClaims(command: AddCommand): void {
  const lease = [
    '--lease <seconds>',
    'how long the claim lasts from now: 1 to 604800 (default: 900)',
    wholeNumber(1, WEEK),
  ] as const;
  const held = (name: string, description: string) =>
    command(name, description)
      .argument('<task>', 'the task, by its handle or its id')
      .requiredOption('--token <n>', 'the token of the claim', wholeNumber(1, MAX_TOKEN));
  withFilter(command('claim', 'Claims a task for an agent, and prints the token of the claim.'))
    .argument(
      '[task]',
      'the task, by its handle or its id, without filters (default: the first ready one that matches)',
    )
    .requiredOption('--agent <name>', 'the agent that will work on it')
    .option('--wait <seconds>', 'how long to wait for a ready task: 0 to 60 (default: 0)', wholeNumber(0, 60))
    .option(...lease)
    .action(acting(claimTask));
  held('renew', 'Renews a claim: it lasts --lease seconds from now.')
    .option(...lease)
    .action(acting(renewClaim));
  held('release', 'Releases a claimed task, for others to claim.')
    .option('--reason <text>', 'why')
    .action(acting(releaseTask));
  held('done', 'Marks a claimed task as done.')
    .option('--result <text>', 'what was achieved')
    .action(acting(completeTask));
}

function withFilter(command: Command): Command {
  return command
    .option(
      '--priority <priority>',
      `only those with this priority: ${listOf(PRIORITIES)}; can be repeated`,
      parsePriority,
    )
    .option('--type <type>', `only those of this type: ${listOf(TYPES)}; can be repeated`, parseType)
    .option('--text <text>', 'only those whose title or description contains it');
}

const DESCRIPTION = [
  'Lists the tasks of a project, and claims them: an agent that claims a task holds it until the claim expires, and no other agent can claim it.',
  'A task is named by its handle, such as k7f-3qzm, or by its id.',
].join('\n\n');

const EXAMPLES = `
Examples:
  mooring tasks ready
  mooring tasks claim --agent ada --wait 30
  mooring tasks done k7f-3qzm --token 3 --result "The parser says which line is wrong."

${EXIT_HELP}`;
