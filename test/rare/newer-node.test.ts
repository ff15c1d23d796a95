import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_FOLDER } from '../support/machine/install-once.js';
import { installNode, NODE_RELEASES, otherNodeUnavailable } from '../support/machine/node-release.js';
import { emptyFolder, plainEnvironment, ROOT, run } from '../support/machine/package.js';
import { listening } from '../support/machine/processes.js';

/** A few tests which show that native modules, workers, sockets and files work as on the oldest Node. */
const TESTED = [
  ...['test/embedding/minilm', 'test/search/vectors/embedded-index', 'test/search/index/index-copy'],
  ...['test/storage/sqlite/store.test', 'test/storage/sqlite/open-file', 'test/storage/file/lines'],
  ...['test/server/http/protocol', 'test/server/websocket/websocket', 'test/server/closing'],
];

describe.skipIf(otherNodeUnavailable)('a clone', () => {
  describe.each(NODE_RELEASES)('on Node %i', (release) => {
    let clone: Awaited<ReturnType<typeof emptyFolder>>;
    let env: NodeJS.ProcessEnv;
    let installed: { readonly stdout: string; readonly stderr: string };
    const npm = (...args: string[]) => run('npm', args, { cwd: clone.path, env, maxBuffer: 2 ** 26 });

    beforeAll(async () => {
      const node = await installNode(release);
      clone = await cloned();
      env = {
        ...plainEnvironment,
        PATH: `${join(node, 'bin')}:${process.env.PATH}`,
        // Native modules are compiled against the headers of this release.
        npm_config_nodedir: node,
      };
      installed = await npm('install', '--no-audit', '--no-fund');
    });
    afterAll(() => clone?.remove());

    it('is installed without a warning', async () => {
      expect((await npm('exec', '--', 'node', '--version')).stdout).toMatch(new RegExp(`^v${release}\\.`));
      expect(installed.stdout).toMatch(/added \d+ packages/);
      expect(installed.stderr).toBe('');
    });

    it('starts, and runs the tour', async () => {
      const options = { cwd: clone.path, env: { ...env, PORT: '0' }, detached: true };
      const npmStart = spawn('npm', ['start'], { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
      try {
        const { url } = await listening(npmStart);
        expect((await fetch(`${url}/health`)).status).toBe(200);
        const { stdout } = await run('npm', ['run', 'tour'], { cwd: clone.path, env: { ...env, MOORING_URL: url } });
        expect(stdout).toContain('created Lighthouse in LOCAL');
      } finally {
        await end(npmStart);
      }
    });

    it('passes its tests', async () => {
      const { stdout } = await npm('test', '--', ...TESTED);
      expect(stdout).toMatch(/Tests .*\d+ passed/);
    });
  });
});

/** The files that a clone of this one would have, changes included, and what this one's tests have fetched. */
async function cloned(): ReturnType<typeof emptyFolder> {
  const clone = await emptyFolder();
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  for (const name of stdout.split('\0').filter(Boolean)) {
    await cp(join(ROOT, name), join(clone.path, name), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
      // It was removed, and that isn't committed yet.
      if (error.code !== 'ENOENT') throw error;
    });
  }
  await mkdir(TEST_FOLDER, { recursive: true });
  await symlink(TEST_FOLDER, join(clone.path, basename(TEST_FOLDER)));
  return clone;
}

/** Ends npm and its children, which are a process group. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  process.kill(-server.pid!, 'SIGTERM');
  await once(server, 'exit');
}
