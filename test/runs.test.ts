import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { STORAGE_MODES } from '../src/domain/project.js';
import { plainEnvironment, ROOT, run } from './support/machine/package.js';
import { LONG } from './support/order.js';
import { SAMPLES, TAKE_LONG } from './support/run.js';

/** A file in a run; one that runs in each mode is listed once for each. */
interface Planned {
  readonly file: string;
  readonly projectName: string;
}

/** What vitest would run by a configuration. */
async function planOf(config: string): Promise<readonly Planned[]> {
  const args = ['node_modules/vitest/vitest.mjs', 'list', '--filesOnly', '--json', '--config', config];
  const { stdout } = await run(process.execPath, args, { cwd: ROOT, env: plainEnvironment });
  return (JSON.parse(stdout) as Planned[]).map((each) => ({ ...each, file: relative(ROOT, each.file) }));
}

const named = ({ file, projectName }: Planned) => `${projectName} ${file}`;
const filesOf = (plan: readonly Planned[]) => [...new Set(plan.map(({ file }) => file))].sort();

it('what is named, to run first or in CI too, exists', () => {
  expect([...LONG, ...SAMPLES, ...TAKE_LONG].filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

describe('the full run', () => {
  let quick: readonly Planned[];
  let all: readonly Planned[];
  beforeAll(async () => {
    [quick, all] = await Promise.all([planOf('vitest.config.ts'), planOf('vitest.all.config.ts')]);
  });

  it('has every test file', async () => {
    const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
    const written = stdout.split('\n').filter((name) => /\.test\.[a-z]+$/.test(name));
    expect(filesOf(all)).toEqual(written.filter((name) => existsSync(join(ROOT, name))).sort());
  });

  it('has the files of the quick run, and besides these only what is rare, and what runs in another mode', () => {
    const quickly = new Set(quick.map(named));
    expect(quick.filter((each) => !all.some((other) => named(other) === named(each)))).toEqual([]);
    const others = all.filter((each) => !quickly.has(named(each)));
    expect(filesOf(others)).not.toEqual([]);
    const isRare = (file: string) => file.startsWith('test/rare/') || TAKE_LONG.includes(file);
    expect(others.filter(({ file }) => !isRare(file) && !file.startsWith('test/graphql/modes/'))).toEqual([]);
    expect(quick.filter(({ file }) => file.startsWith('test/rare/'))).toEqual([]);
  });

  it('runs in LOCAL what the quick run has in each mode, and there in one other mode too', () => {
    for (const file of filesOf(all).filter((each) => each.startsWith('test/graphql/modes/'))) {
      const modes = quick.filter((each) => each.file === file).map(({ projectName }) => projectName);
      expect([file, modes.length, modes.includes('LOCAL')]).toEqual([file, 2, true]);
    }
  });

  it('has each file once, or once in each storage mode', () => {
    for (const file of filesOf(all)) {
      const projects = all.filter((each) => each.file === file).map(({ projectName }) => projectName);
      expect(projects.sort(), file).toEqual(
        file.startsWith('test/graphql/modes/')
          ? [...STORAGE_MODES].sort()
          : [file.startsWith('test/rare/') ? 'rare' : 'parts'],
      );
    }
  });
});
