import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { identityOf } from '../../src/files/true-path.js';
import { makeFolder } from '../support/temporary.js';

describe('the identity of a folder', () => {
  it('is the same by every path to it', async () => {
    const folder = await makeFolder();
    await mkdir(join(folder, 'there'));
    await symlink(join(folder, 'there'), join(folder, 'link'));
    expect(await identityOf(join(folder, 'link', '.'))).toBe(await identityOf(join(folder, 'there')));
  });

  it.each(['darwin', 'win32'] as const)('that doesn’t exist ignores case and composition on %s', async (platform) => {
    const folder = await makeFolder();
    const one = await identityOf(join(folder, 'Caf\u00e9', 'files'), platform);
    expect(await identityOf(join(folder, 'cafe\u0301', 'FILES'), platform)).toBe(one);
  });

  it('that doesn’t exist depends on its case elsewhere', async () => {
    const folder = await makeFolder();
    expect(await identityOf(join(folder, 'Files'), 'linux')).not.toBe(await identityOf(join(folder, 'files'), 'linux'));
  });
});
