import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { amount } from '../support/extent.js';
import { type Running, startMooring } from '../support/machine/processes.js';
import { makeFolder } from '../support/temporary.js';
import { until } from '../support/until.js';

const KILLS = amount({ quick: 1, all: 10 });
const SECRETS = 90;
const CANARY = 'zq7xw5vj3kp9';

const save = ({ mutate }: Api, n: number) =>
  mutate(
    'saveOutsideKey',
    { provider: `service-${n}`, secret: `sk-${CANARY}-${n}`, shared: true },
    'outsideKey { id }',
  );

/** How many secrets the server can open. */
async function countOpen({ ask }: Api): Promise<number> {
  const { outsideKeys } = await ask<{ outsideKeys: { isUsable: boolean }[] }>(
    '{ outsideKeys(shared: true) { isUsable } }',
  );
  return outsideKeys.filter(({ isUsable }) => isUsable).length;
}

it(`a rotation whose server was killed ${KILLS} times is completed by the next, while another server reads and writes`, async () => {
  const folder = await makeFolder();
  const other = await startMooring(folder);
  let server: Running = await startMooring(folder);
  onTestFinished(async () => {
    await server.stop();
    await other.stop();
  });
  let api = createApi(server.url);
  const beside = createApi(other.url);
  for (let n = 0; n < SECRETS; n += 1) await save(api, n);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const rotating = api.mutate('rotateSecrets', {}, 'resealed').catch(() => null);
    await until(async () => existsSync(join(folder, 'vault-1.key')));
    server.process.kill('SIGKILL');
    await once(server.process, 'exit');
    await rotating;
    expect(await countOpen(beside)).toBe(SECRETS);
    await save(beside, kill);
    server = await startMooring(folder);
    api = createApi(server.url);
    expect(await countOpen(api)).toBe(SECRETS);
  }
  expect(await api.mutate('rotateSecrets', {}, 'remaining unreadable')).toEqual({ remaining: 0, unreadable: [] });
  expect([await countOpen(api), await countOpen(beside)]).toEqual([SECRETS, SECRETS]);
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
  expect(files.filter(({ name }) => /^vault-\d+\.key$/.test(name))).toHaveLength(1);
  for (const { parentPath, name } of files)
    expect((await readFile(join(parentPath, name), 'latin1')).includes(CANARY), name).toBe(false);
});
