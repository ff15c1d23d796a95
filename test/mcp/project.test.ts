import { execFileSync } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectInProcess } from '../support/mcp/client.js';
import { type RunningApp, startApp } from '../support/server.js';
import { makeFolder } from '../support/temporary.js';

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], { cwd, stdio: 'pipe' });

/** A checkout with a linked worktree elsewhere. */
async function checkoutWithWorktree() {
  const [main, elsewhere] = [await makeFolder(), await makeFolder()];
  git(main, 'init', '-q');
  git(main, 'commit', '-q', '--allow-empty', '-m', 'First');
  const worktree = join(elsewhere, 'feature');
  git(main, 'worktree', 'add', '-q', worktree);
  await mkdir(join(worktree, 'src/deep'), { recursive: true });
  return { main, worktree };
}

const connect = (app: RunningApp, named: string, mayCreate = false) =>
  connectInProcess({ reach: async () => app, place: { named, isLocal: true, mayCreate } });

describe('the project of a connection', () => {
  it('is the one of its folder, or of a folder around it', async () => {
    const app = await startApp(await makeFolder());
    const folder = await makeFolder();
    await app.createProject({ name: 'Harbour', path: folder });
    const agent = await connect(app, join(folder, 'src/deep'));
    expect(await agent.text('project')).toContain('Harbour');
  });

  it('is that of the main checkout for a worktree elsewhere', async () => {
    const { main, worktree } = await checkoutWithWorktree();
    const app = await startApp(await makeFolder());
    await app.createProject({ name: 'Harbour', path: main });
    const agent = await connect(app, join(worktree, 'src/deep'));
    expect(await agent.text('project')).toContain('Harbour');
  });

  it('is that of a folder of any system, where the connection is from elsewhere', async () => {
    const app = await startApp(await makeFolder());
    await app.createProject({ name: 'Harbour', path: 'C:\\work\\harbour' });
    const place = { named: 'C:\\work\\harbour\\src\\deep', isLocal: false, mayCreate: false };
    const agent = await connectInProcess({ reach: async () => app, place });
    expect(await agent.text('project')).toContain('Harbour');
  });

  it('is named by its id as well', async () => {
    const app = await startApp(await makeFolder());
    const id = await app.createProject({ name: 'Harbour' });
    expect(await (await connect(app, id)).text('project')).toContain(`${id} · Harbour`);
  });

  it('is created when asked for: at the root of the main checkout, with its name, and once', async () => {
    const { main, worktree } = await checkoutWithWorktree();
    const app = await startApp(await makeFolder());
    const agent = await connect(app, join(worktree, 'src/deep'), true);
    expect(await agent.text('project')).toContain(`${basename(main)} · ${main}`);
    await agent.text('list_tasks');
    expect(await app.ask('{ projects { totalCount } }')).toEqual({ projects: { totalCount: 1 } });
  });

  it('is created once for agents that start at once', async () => {
    const app = await startApp(await makeFolder());
    const folder = await makeFolder();
    const agents = await Promise.all([1, 2, 3, 4].map(() => connect(app, folder, true)));
    await Promise.all(agents.map((agent) => agent.text('save_memory', { content: 'x' })));
    expect(await app.ask('{ projects { nodes { path memories { totalCount } } } }')).toEqual({
      projects: { nodes: [{ path: folder, memories: { totalCount: 4 } }] },
    });
  });

  it('is found and created where symbolic links lead', async () => {
    const app = await startApp(await makeFolder());
    const folder = await makeFolder();
    const link = join(await makeFolder(), 'link');
    await symlink(folder, link);
    expect(await (await connect(app, link, true)).text('project')).toContain(`· ${folder} ·`);
    await mkdir(join(folder, 'deep'));
    expect(await (await connect(app, join(link, 'deep'))).text('project')).toContain(`· ${folder} ·`);
  });

  it.each([
    ['the root', '/'],
    ['the user’s home', homedir()],
    ['what is no folder', '/nothing/there'],
    ['a file', process.execPath],
  ])('is not created for %s, and the one of the tool has no folder there', async (_, named) => {
    const app = await startApp(await makeFolder());
    const agent = await connect(app, named, true);
    expect(await agent.error('get_context')).toMatch(/^NO_PROJECT: .* None is created for it/);
    const created = await agent.text('project', { create: 'Harbour' });
    expect(created).toMatch(/It has no folder: pass project with prj_/);
    expect(await app.ask('{ projects { nodes { path } } }')).toEqual({ projects: { nodes: [{ path: null }] } });
  });

  it('that an argument names is not looked for elsewhere', async () => {
    const app = await startApp(await makeFolder());
    const place = { named: '/harbour', isLocal: true, mayCreate: false, whereElse: async () => 'It is elsewhere.' };
    const agent = await connectInProcess({ reach: async () => app, place });
    expect(await agent.error('get_context')).toContain('It is elsewhere.');
    expect(await agent.error('get_context', { project: '/nowhere' })).not.toContain('It is elsewhere.');
  });

  it('is not created otherwise: the error says how, and the tool project does', async () => {
    const app = await startApp(await makeFolder());
    const folder = await makeFolder();
    const agent = await connect(app, folder);
    expect(await agent.error('get_context')).toMatch(/^NO_PROJECT: No project has the folder .*\nHint: .*create/s);
    expect(await agent.text('project', { create: 'Harbour' })).toContain(`Harbour · ${folder}`);
    expect(await agent.text('get_context')).toContain('Project Harbour');
  });

  it('has the name of the folder when the tool is told only that one is to be created', async () => {
    const app = await startApp(await makeFolder());
    const folder = await makeFolder();
    const agent = await connect(app, folder);
    expect(await agent.text('project', { create: true })).toContain(`Created ${basename(folder)} `);
  });

  it('is looked for with each call, so that it may be created, deleted and restored meanwhile', async () => {
    const app = await startApp(await makeFolder());
    const folder = await makeFolder();
    const agent = await connect(app, folder);
    expect(await agent.error('list_tasks')).toMatch(/^NO_PROJECT/);
    const id = await app.createProject({ name: 'Harbour', path: folder });
    expect(await agent.text('list_tasks')).toContain('Harbour');
    await app.mutate('deleteProject', { id, version: 1 }, 'project { id }');
    expect(await agent.error('list_tasks')).toMatch(/^NO_PROJECT/);
  });
});

describe('a connection that only reads', () => {
  it('offers the tools that read, and no other', async () => {
    const app = await startApp(await makeFolder());
    const agent = await connectInProcess({ reach: async () => app, isReadOnly: true });
    const { tools } = await agent.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'get_context',
      'search',
      'get_records',
      'list_tasks',
      'get_history',
      'project',
    ]);
    expect(await agent.error('project', { create: 'Quay' })).toContain('There is no argument "create"');
    await expect(agent.call('save_memory', { content: 'x' })).rejects.toThrow('save_memory');
  });
});
