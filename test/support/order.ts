import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take long, the longest first. Were one of them the last, the run would wait for it alone. */
export const LONG: readonly string[] = [
  'test/search/atlas/atlas-index.test.ts',
  'test/cli/migrate-alone.test.ts',
  'test/agents/processes.test.ts',
  'test/faults/hostile-arguments.test.ts',
  'test/faults/mongodb-network.test.ts',
  'test/modes/same-answers.test.ts',
  'test/cli/agents-data.test.ts',
  'test/faults/migration-kill.test.ts',
  'test/migration/database-down.test.ts',
  'test/faults/migration-stopped.test.ts',
  'test/migration/live-project.test.ts',
  'test/compile.test.ts',
  'test/package.test.ts',
];

/** One project after another, and of each the files that take long first. The others follow as vitest has them: by size. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = [...new Set(sorted.map(({ project }) => project))];
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONG.indexOf(relative('.', moduleId));
      return at === -1 ? LONG.length : at;
    };
    return sorted.sort((a, b) => projects.indexOf(a.project) - projects.indexOf(b.project) || rank(a) - rank(b));
  }
}
