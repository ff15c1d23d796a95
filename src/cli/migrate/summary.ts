import { count, dollars, duration, plural } from '../amounts.js';
import type { MigrationFieldsFragment } from '../gql/graphql.js';
import type { Output } from '../output.js';
import { printTable } from '../table.js';
import { printEstimate } from './estimate.js';
import { nextSteps } from './next-steps.js';
import { phaseName } from './progress.js';

/** A place's name for people. */
export function placeName({ mode, location }: { readonly mode: string; readonly location: string | null }): string {
  return location === null ? mode : `${mode} (${location})`;
}

/** Prints a migration's state: its progress, its result, and the possible next steps. */
export function printSummary(output: Output, migration: MigrationFieldsFragment): void {
  const { id, project, projectId, from, to, phase, isRollingBack, isPaused, message, problem, preflight } = migration;
  output.line();
  output.line(`${output.style('bold', id)}  ${project?.name ?? projectId}: ${placeName(from)} → ${placeName(to)}`);
  const state = `${phaseName(phase, isRollingBack)}${isPaused ? ', paused' : ''}${migration.dryRun ? ', dry run' : ''}`;
  output.line(`${output.style(phase === 'FAILED' ? 'red' : 'green', state)}. ${message}`.trim());
  if (problem) output.line(output.style('yellow', `${problem.message} ${problem.hint}`.trim()));
  output.line();
  if (migration.dryRun && preflight) printEstimate(output, { ...preflight.estimate, checks: preflight.checks });
  else printCounts(output, migration);
  printFindings(output, migration);
  const steps = nextSteps(migration);
  if (steps.length === 0) return;
  output.line();
  output.line('Next:');
  const width = Math.max(...steps.map(({ command }) => command.length));
  for (const { command, why } of steps) {
    output.line(`  ${command.padEnd(width)}  ${output.style('dim', `# ${why}`)}`);
  }
}

function printCounts(
  output: Output,
  { progress, verification, createdAt, movedAt, endedAt }: MigrationFieldsFragment,
): void {
  const found = new Map(verification?.collections.map((each) => [each.name, each]));
  const rows = progress.collections.map(({ name, done, total, rejected }) => {
    const seen = found.get(name);
    return [name, count(done), count(total), ...verdict(seen), count(rejected), seen?.digest?.slice(0, 12) ?? '–'];
  });
  const { vectors, fenceMs, tokens } = progress;
  rows.push([
    'vectors',
    count(vectors.done),
    count(vectors.total),
    ...verdict(found.get('vectors')),
    count(vectors.failed),
    '–',
  ]);
  printTable(output, ['collection', 'done>', 'of>', 'verified>', 'mismatches>', 'rejected>', 'digest'], rows);
  const until = movedAt ?? endedAt;
  const facts = [
    ...(until === null ? [] : [`took ${duration((Date.parse(until) - Date.parse(createdAt)) / 1_000)}`]),
    ...(fenceMs === null ? [] : [`writes waited ${count(fenceMs)} ms`]),
    tokens > 0 ? `${count(tokens)} tokens, ${dollars(progress.dollars)}` : 'no tokens',
  ];
  output.line();
  output.line(facts.join(', '));
}

function verdict(
  seen: { readonly compared: number; readonly mismatches: number; readonly repaired: number } | undefined,
): string[] {
  if (!seen) return ['–', '–'];
  return [
    count(seen.compared),
    seen.repaired > 0 ? `${count(seen.mismatches)} (${count(seen.repaired)} repaired)` : count(seen.mismatches),
  ];
}

function printFindings(output: Output, { rejects, mismatches }: MigrationFieldsFragment): void {
  if (rejects.nodes.length > 0) {
    output.line(`\nCan't be copied${rejects.pageInfo.hasNextPage ? `, the first ${rejects.nodes.length}` : ''}:`);
    printTable(
      output,
      ['collection', 'id', 'why'],
      rejects.nodes.map(({ collection, recordId, reason }) => [collection, recordId, reason]),
    );
  }
  if (mismatches.nodes.length === 0) return;
  const more = mismatches.pageInfo.hasNextPage ? `, the first ${plural(mismatches.nodes.length, 'record')}` : '';
  output.line(`\nNot the same on both sides${more}:`);
  printTable(
    output,
    ['collection', 'id', 'differing', 'repaired', 'why'],
    mismatches.nodes.map(({ collection, recordId, differing, isRepaired, reason }) => [
      collection,
      recordId,
      differing.join(', ') || '–',
      isRepaired ? 'yes' : 'no',
      reason,
    ]),
  );
}
