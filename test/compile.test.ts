import { cp, mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyFolder, ROOT, run } from './support/machine/package.js';

let clone: Awaited<ReturnType<typeof emptyFolder>>;
beforeEach(async () => {
  clone = await emptyFolder();
  for (const name of ['scripts', 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'tsconfig.server.json'])
    await cp(join(ROOT, name), at(name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), at('node_modules'));
  await mkdir(at('src/server'), { recursive: true });
  await write('src/main.ts', `import { answer } from './server/answer.js';\nconsole.log(answer);`);
  await write('src/server/answer.ts', 'export const answer: number = 41;');
});
afterEach(() => clone.remove());

const at = (name: string) => join(clone.path, name);
const write = (name: string, text: string) => writeFile(at(name), text);
const build = () => run(process.execPath, ['scripts/build.js', 'server'], { cwd: clone.path });
const said = async () => (await run(process.execPath, ['dist/src/main.js'], { cwd: clone.path })).stdout.trim();

describe('the server', () => {
  it('is compiled once, and again when a source changed, whatever its mtime', async () => {
    await build();
    expect(await said()).toBe('41');
    const { mtimeMs } = await stat(at('dist/src/main.js'));
    await build();
    expect((await stat(at('dist/src/main.js'))).mtimeMs).toBe(mtimeMs);
    await write('src/server/answer.ts', 'export const answer: number = 42;');
    await utimes(at('src/server/answer.ts'), 1_000_000, 1_000_000);
    await build();
    expect(await said()).toBe('42');
  });

  it('is restored when a compiled file was removed, emptied or added', async () => {
    await build();
    await rm(at('dist/src/server'), { recursive: true });
    await build();
    expect(await said()).toBe('41');
    await write('dist/src/main.js', '');
    await build();
    expect(await said()).toBe('41');
    await write('dist/src/.env', 'SECRET=1');
    await build();
    await expect(stat(at('dist/src/.env'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is compiled by one process while others wait for it', async () => {
    await Promise.all(Array.from({ length: 4 }, build));
    expect(await said()).toBe('41');
    await expect(stat(at('dist/.compiling'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is compiled after a compiling process was killed', async () => {
    await mkdir(at('dist'));
    await write('dist/.compiling', '999999999');
    await build();
    expect(await said()).toBe('41');
  });

  it('is compiled though another process has the pid of one that was killed', async () => {
    await mkdir(at('dist'));
    await write('dist/.compiling', String(process.pid));
    const hourAgo = Date.now() / 1000 - 3600;
    await utimes(at('dist/.compiling'), hourAgo, hourAgo);
    await build();
    expect(await said()).toBe('41');
  });

  it('stays as it was when a source has an error, which is reported', async () => {
    await build();
    await write('src/server/answer.ts', 'export const answer: number = ;');
    await expect(build()).rejects.toMatchObject({ stdout: expect.stringContaining('answer.ts') });
    expect(await readFile(at('dist/src/server/answer.js'), 'utf8')).toContain('41');
    expect(await readdir(at('dist'))).toEqual(['.server-compiled', 'src']);
  });

  it('says what to run when there is no compiler', async () => {
    await rm(at('node_modules'));
    await expect(build()).rejects.toMatchObject({
      stderr: expect.stringContaining('Run `npm install --include=dev --include=optional`'),
    });
  });
});

describe('a compiled folder of this repository', () => {
  it.each(['bench', 'examples', 'scripts'])('%s finds all that it imports, and what that imports', async (folder) => {
    const dist = join(ROOT, 'dist');
    const files = await readdir(join(dist, folder), { recursive: true });
    const found = new Set(files.filter((name) => name.endsWith('.js')).map((name) => join(dist, folder, name)));
    for (const path of found)
      for (const [, name] of (await readFile(path, 'utf8')).matchAll(/(?:from|import) ?'(\.[^']+)'/g))
        found.add(join(path, '..', name!));
    expect(found.size).toBeGreaterThan(0);
  });
});
