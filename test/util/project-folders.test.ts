import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ancestorsOf, findCheckout, projectFoldersOf, projectNameOf } from '../../src/util/project-folders.js';
import { makeFolder } from '../support/temporary.js';

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], { cwd, stdio: 'pipe' });

async function makeCheckout(): Promise<string> {
  const folder = await makeFolder();
  git(folder, 'init', '-q');
  git(folder, 'commit', '-q', '--allow-empty', '-m', 'First');
  return folder;
}

describe('ancestors of a folder', () => {
  it('are it and those above it, in the form of the system that its path is of', () => {
    expect(ancestorsOf('/work/app/src')).toEqual(['/work/app/src', '/work/app', '/work', '/']);
    expect(ancestorsOf('C:\\work\\app')).toEqual(['C:\\work\\app', 'C:\\work', 'C:\\']);
  });

  it('are none of what is no absolute path', () => {
    for (const path of ['app', './app', '~/app', 'C:app', '']) expect(ancestorsOf(path)).toEqual([]);
  });

  it('are so many that a query can name them', () => {
    expect(ancestorsOf('/a'.repeat(1_000))).toHaveLength(24);
  });
});

describe('the project folders of a folder', () => {
  it('are those above it, with the root of its checkout', async () => {
    const checkout = await makeCheckout();
    const deep = join(checkout, 'src/deep');
    await mkdir(deep, { recursive: true });
    expect(projectFoldersOf(deep)).toEqual({ folders: ancestorsOf(deep), root: checkout });
    expect(findCheckout(deep)).toBe(checkout);
  });

  it('have those of the main checkout for a worktree elsewhere, whose own root is its checkout', async () => {
    const main = await makeCheckout();
    const worktree = join(await makeFolder(), 'feature');
    git(main, 'worktree', 'add', '-q', worktree);
    const { folders, root } = projectFoldersOf(worktree);
    expect(root).toBe(main);
    expect(folders.slice(0, 2)).toEqual([worktree, dirname(worktree)]);
    expect(folders).toContain(main);
    expect(findCheckout(worktree)).toBe(worktree);
  });

  it('are those of a submodule itself', async () => {
    const [main, library] = [await makeCheckout(), await makeCheckout()];
    git(main, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'library');
    expect(projectFoldersOf(join(main, 'library')).root).toBe(join(main, 'library'));
  });

  it('have those that symbolic links lead to, where the root is', async () => {
    const checkout = await makeCheckout();
    const link = join(await makeFolder(), 'link');
    await symlink(checkout, link);
    expect(projectFoldersOf(link)).toEqual({ folders: expect.arrayContaining([link, checkout]), root: checkout });
  });

  it('are found of paths that no file can have, too', async () => {
    const file = join(await makeFolder(), 'file');
    await writeFile(file, '');
    for (const path of [join(file, 'below'), '/a\0b', `/${'a'.repeat(5_000)}`]) {
      expect(projectFoldersOf(path)).toEqual({ folders: ancestorsOf(path), root: null });
    }
  });

  it('have no root outside of a checkout, and never a folder as wide as a home directory', async () => {
    const folder = await makeFolder();
    expect(projectFoldersOf(folder).root).toBeNull();
    expect(findCheckout(folder)).toBeNull();
    const home = process.env.HOME;
    process.env.HOME = await makeCheckout();
    try {
      expect(projectFoldersOf(join(homedir(), 'notes')).root).toBeNull();
    } finally {
      process.env.HOME = home;
    }
  });
});

it('a project has the name of its folder, as long as a name may be', () => {
  expect(projectNameOf('/work/app')).toBe('app');
  expect(projectNameOf(`/work/${'a'.repeat(250)}`)).toHaveLength(200);
});
