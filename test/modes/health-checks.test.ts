import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createStorageModes, type StorageModes } from '../../src/modes/modes.js';
import { sharedMiniLm } from '../support/minilm.js';

let folder: string;
let modes: StorageModes;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-health-'));
  modes = await createStorageModes({
    dataDirectory: folder,
    logger: { info() {}, warn() {} },
    miniLm: sharedMiniLm(),
  });
});
afterEach(async () => {
  await modes.close();
  await rm(folder, { recursive: true });
});

it('concurrent requests for a mode’s health share one check, and a later one checks again', async () => {
  const [first, ...others] = await Promise.all(Array.from({ length: 100 }, () => modes.health('LOCAL')));
  for (const other of others) expect(other).toBe(first);
  const other = await modes.health('FILE');
  expect(other.mode).toBe('FILE');
  expect(await modes.health('LOCAL')).not.toBe(first);
});

it('a check of settings that were replaced isn’t shared', async () => {
  const before = modes.health('FILE');
  const file = { path: join(folder, 'elsewhere') };
  const configured = modes.configure({ mongo: null, voyage: null, chroma: null, file });
  // It is in use before what it replaces is closed, and before the check is done.
  while (modes.describe('FILE').place !== file.path) await null;
  const [old, now] = await Promise.all([before, modes.health('FILE'), configured]);
  expect([old.place, now.place]).toEqual([join(folder, 'files'), file.path]);
});
