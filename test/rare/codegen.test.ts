import { expect, it } from 'vitest';
import { run } from '../support/machine/package.js';

it('the client types are what the generator writes for the schema, for the command line and in the package', async () => {
  const checked = run(process.execPath, ['tools/codegen/run.js', '--check']);
  expect(await checked.then(() => 'current').catch((error: { stderr: string }) => error.stderr)).toBe('current');
});
