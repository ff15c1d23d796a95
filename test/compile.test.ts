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

  it('is in few files: it starts without those of its parts', async () => {
    await build();
    await rm(at('dist/src/server/answer.js'));
    expect(await said()).toBe('41');
  });

  it('finds what lies beside its parts, such as the entry of a thread, and what it imports on demand', async () => {
    await write('src/main.ts', `const { answer } = await import('./server/answer.js');\nconsole.log(answer);`);
    await write(
      'src/server/answer.ts',
      `export const answer = new URL('./thread.js', import.meta.url).pathname.replace(/.*\\/dist\\//, '');`,
    );
    await build();
    await rm(at('dist/src/server/answer.js'));
    expect(await said()).toBe('src/server/thread.js');
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

describe('what an agent starts', () => {
  const program = (command: string) => run(process.execPath, ['bin/mooring.js', command], { cwd: clone.path });
  /** A command that prints a word of another file. */
  const command = (word: string) =>
    write('src/agents/word.ts', `export const word = '${word}';`).then(() =>
      Promise.all(
        ['mcp', 'hook'].map((name) =>
          write(
            `src/agents/${name}.ts`,
            `import { word } from './word.js';
             export async function run(): Promise<number> {
               if (process.env.LATE) await import('./late.js');
               console.log(word);
               return 0;
             }`,
          ),
        ),
      ),
    );
  beforeEach(async () => {
    await cp(join(ROOT, 'bin'), at('bin'), { recursive: true });
    await mkdir(at('src/cli'));
    await mkdir(at('src/agents'));
    await write('src/cli/run.ts', 'export async function run(): Promise<void> {}');
    await write('src/agents/late.ts', `console.log('late');`);
    await command('first');
  });

  it('is compiled when it is started, and prints nothing but its own on standard output', async () => {
    expect(await program('mcp')).toEqual({ stdout: 'first\n', stderr: '' });
    await command('second');
    expect((await program('mcp')).stdout).toBe('second\n');
  });

  it('has the compiler’s errors on standard error', async () => {
    await write('src/server/answer.ts', 'export const answer: number = ;');
    await expect(program('mcp')).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('answer.ts'),
    });
    // To the host of a hook, an error would be a verdict.
    expect((await program('hook')).stdout).toBe('');
    await mkdir(at('dist/src/cli'), { recursive: true });
    await write('dist/src/cli/run.js', '');
    expect((await program('hook')).stdout).toBe('');
  });

  it('is compiled for a hook only when it never was: its agent waits for it', async () => {
    expect((await program('hook')).stdout).toBe('first\n');
    await command('second');
    expect((await program('hook')).stdout).toBe('first\n');
    await program('mcp');
    expect((await program('hook')).stdout).toBe('second\n');
  });

  it('is one file, apart from what it imports on demand', async () => {
    await program('mcp');
    await rm(at('dist/src/agents/word.js'));
    const late = { cwd: clone.path, env: { ...process.env, LATE: '1' } };
    expect((await run(process.execPath, ['bin/mooring.js', 'mcp'], late)).stdout).toBe('late\nfirst\n');
  });

  it('runs without the bundler', async () => {
    await write('scripts/bundle.js', `throw new Error('no bundler')`);
    expect(await program('mcp')).toEqual({ stdout: 'first\n', stderr: expect.stringContaining('no bundler') });
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

  it('what is put in few files requires none that isn’t there', async () => {
    const chunks = join(ROOT, 'dist/src/chunks');
    const names = (await readdir(chunks)).filter((name) => name.endsWith('.js'));
    const texts = await Promise.all(names.map((name) => readFile(join(chunks, name), 'utf8')));
    expect(texts.length).toBeGreaterThan(0);
    // Of a package whose parts the bundler didn't find: it belongs to those that stay outside.
    expect(texts.flatMap((text) => text.match(/\brequire\w*\(["']\.{1,2}\/.*/g) ?? [])).toEqual([]);
  });
});
