import type { Command } from 'commander';
import { acting, oneOf, wholeNumber, withGlobalOptions } from '../session.js';
import { listMemories, searchMemories } from './list.js';

const DEFAULT_LIMIT = 50;
const SEARCH_LIMIT = 10;
/** The most that one search returns. */
const MAX_SEARCH = 200;

/** `mooring memories …` */
export function addMemoryCommands(program: Command): void {
  const memories = program.command('memories').description('Lists and searches what agents and people have saved.');
  const command = (name: string, limit: number, most: number): Command =>
    withGlobalOptions(memories.command(name))
      .option('--project <id|path>', 'the project, by its id or its path (default: that of the working directory)')
      .option('--kind <kind>', KINDS.join(', ').toLowerCase(), oneOf(...KINDS))
      .option('--session <key>', 'only those of this session')
      .option('--limit <n>', 'the most to list', wholeNumber(1, most), limit);
  command('list', DEFAULT_LIMIT, 1_000_000)
    .description('Lists memories, the newest first. With --json their texts are whole.')
    .action(acting(listMemories));
  command('search', SEARCH_LIMIT, MAX_SEARCH)
    .description('Searches memories by meaning and by words, the best first.')
    .argument('<query>', 'what to search for')
    .action(acting(searchMemories));
}

const KINDS = ['MESSAGE', 'NOTE', 'DECISION', 'FACT', 'SUMMARY'] as const;
