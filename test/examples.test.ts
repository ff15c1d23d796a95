import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startMooring } from './support/processes.js';

const run = promisify(execFile);

describe('the examples', () => {
  it('have types that are what codegen makes of the schema, as the command line and the package have', async (context) => {
    const missing = await run(process.execPath, ['tools/codegen/install.js']).then(
      () => null,
      (error: { stderr: string }) => error.stderr.trim(),
    );
    if (missing !== null && process.env.CI !== 'true') {
      console.warn(`Whether the types are current is not tested. ${missing}`);
      context.skip(missing);
    }
    await run(process.execPath, ['tools/codegen/run.js', '--check']);
  });

  it('take the tour against a server', async () => {
    const data = await mkdtemp(join(tmpdir(), 'mooring-tour-'));
    const server = await startMooring(data);
    try {
      const { stdout } = await run(process.execPath, ['dist/examples/tour.js'], {
        env: { ...process.env, MOORING_URL: server.url },
      });
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
});
