import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSecret } from '../../src/config/secret.js';

describe("a data directory's secret", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-secret-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const path = () => join(folder, 'secret.key');

  it('is created once, even by servers that start together, and only its owner can read it', async () => {
    for (let round = 0; round < 20; round += 1) {
      await rm(path(), { force: true });
      const made = await Promise.all(Array.from({ length: 8 }, () => loadSecret(folder)));
      for (const secret of made) expect(secret).toEqual(await readFile(path()));
      expect(made[0]).toHaveLength(32);
      expect((await stat(path())).mode & 0o777).toBe(0o600);
      expect(await loadSecret(folder)).toEqual(made[0]);
    }
    expect(await readdir(folder)).toEqual(['secret.key']);
  });

  it.each([0, 31, 33])('of %i bytes is refused, and left as it is', async (length) => {
    await writeFile(path(), Buffer.alloc(length, 1), { mode: 0o600 });
    await expect(loadSecret(folder)).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    expect(await readFile(path())).toEqual(Buffer.alloc(length, 1));
  });
  it.each([0o640, 0o604, 0o620, 0o601])('that others may use (mode %i) is refused, and left as it is', async (mode) => {
    const secret = await loadSecret(folder);
    await chmod(path(), mode);
    await expect(loadSecret(folder)).rejects.toMatchObject({
      code: 'STORE_UNSUITABLE',
      message: expect.stringContaining(`0${mode.toString(8)}`),
      hint: expect.stringContaining(`chmod 600 ${path()}`),
    });
    expect((await stat(path())).mode & 0o777).toBe(mode);
    await chmod(path(), 0o600);
    expect(await loadSecret(folder)).toEqual(secret);
  });
});
