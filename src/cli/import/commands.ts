import type { Command } from 'commander';
import { acting, withGlobalOptions } from '../session.js';
import { importClaudeCode } from './claude-code.js';

/** `mooring import …` */
export function addImportCommands(program: Command): void {
  const imports = program.command('import').description('Imports past conversations of agents.');
  withGlobalOptions(imports.command('claude-code'))
    .description('Imports the transcripts of Claude Code on this machine; first prints what there is.')
    .option('--projects-dir <folder>', 'the folder of the transcripts (default: ~/.claude/projects)')
    .option('--project <id|path>', 'only conversations of this project, by its id or its path (default: of all)')
    .option('--create', 'create projects for the git repositories that have none')
    .option('--write', 'save them')
    .action(acting(importClaudeCode, { isForAgents: true }));
}
