import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startApp } from '../support/server.js';
import { makeFolder } from '../support/temporary.js';

it.each([
  ['LOCAL', 'projects'],
  ['FILE', 'files'],
])(
  'a purge of a project in %s whose folder is missing says that its data is left, and health that it is missing',
  async (storageMode, place) => {
    const folder = await makeFolder();
    const before = await startApp(folder);
    const id = await before.createProject({ storageMode });
    await before.close();
    const home = join(folder, place, id);
    await rename(home, join(folder, 'away'));

    const app = await startApp(folder);
    const read = '{ project(by: { id: "ID" }) { tasks { totalCount } } }'.replace('ID', id);
    await expect(app.ask(read)).rejects.toThrow("doesn't exist");
    expect(await app.ask(`{ storageHealth(mode: ${storageMode}) { ok problems } }`)).toMatchObject({
      storageHealth: [{ ok: false, problems: [expect.stringContaining(id)] }],
    });
    await app.mutate('deleteProject', { id, version: 1 }, 'project { version }');
    const { token } = await app.mutate<{ token: string }>('requestPurge', { id }, 'token');
    await expect(app.mutate('purgeProject', { id, version: 2, token }, 'project { id }')).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('could not be removed'),
    });
    await rename(join(folder, 'away'), home);
    expect(await app.ask(`{ attachableProjects(mode: ${storageMode}) { projectId } }`)).toEqual({
      attachableProjects: [{ projectId: id }],
    });
  },
);
