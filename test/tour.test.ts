import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from './support/machine/package.js';
import { startMooring } from './support/machine/processes.js';

it('the tour shows what a project, its tasks and its memories do', async () => {
  const data = await mkdtemp(join(tmpdir(), 'mooring-tour-'));
  const server = await startMooring(data);
  try {
    const env = { ...process.env, MOORING_URL: server.url };
    const { stdout } = await run(process.execPath, ['dist/examples/tour.js'], { env });
    expect(stdout).toContain('created Lighthouse in LOCAL');
    expect(stdout).toContain(
      '"how long until it is released?" → The deployment to the staging cluster takes about four minutes.',
    );
    expect(stdout).toMatch(/task is DONE at version 2\nand back to BACKLOG at version 3/);
    expect(stdout).toMatch(/7 REVERT tasks tsk_\w+ v3 by tour/);
  } finally {
    await server.stop();
    await rm(data, { recursive: true });
  }
});
