import { beforeEach, describe, expect, it } from 'vitest';
import { LEVEL, type Level } from '../../../src/domain/access/level.js';
import type { Permission } from '../../../src/domain/access/permission.js';
import type { Author } from '../../../src/domain/author.js';
import type { Project } from '../../../src/domain/project.js';
import type { Task } from '../../../src/domain/task.js';
import { projects } from '../../../src/storage/collections.js';
import { principalWith } from '../../graphql/access/principals.js';
import { author, type Bench, startBench } from '../support.js';

/** What services refuse even if a mutation forgot to. */

let bench: Bench;
let project: Project;
let task: Task;
beforeEach(async () => {
  bench = await startBench();
  project = await bench.services.projects.create(author, { name: 'Harbour' });
  const { id: projectId } = project;
  [task] = (await bench.services.tasks.createMany(author, { projectId, tasks: [{ title: 'Moor' }] })) as [Task];
});

const at = (level: Level, ...permissions: Permission[]): Author => ({
  ...author,
  principal: principalWith({ in: { [project.id]: level }, permissions }),
});

describe('a write without the right to it', () => {
  it('is refused in the project, naming level and project', async () => {
    await expect(bench.services.tasks.delete(at(LEVEL.READ), task)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      missing: { level: 'WRITE', projectId: project.id },
    });
    await expect(bench.services.tasks.delete(at(LEVEL.WRITE), task)).resolves.toMatchObject({ version: 2 });
  });

  it('is refused to the project’s own record', async () => {
    await expect(bench.services.projects.delete(at(LEVEL.WRITE), project)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      missing: { level: 'MANAGE', projectId: project.id },
    });
    await expect(bench.services.projects.delete(at(LEVEL.MANAGE), project)).resolves.toMatchObject({ version: 2 });
  });

  it('is refused as if there were no such record, where the project may not be seen', async () => {
    for (const [id, work] of [
      [task.id, bench.services.tasks.delete(at(LEVEL.NONE), task)],
      [project.id, bench.services.projects.delete(at(LEVEL.NONE), project)],
    ] as const) {
      await expect(work).rejects.toMatchObject({ code: 'NOT_FOUND', message: `There is no record ${id}.` });
    }
  });
});

describe('a move', () => {
  const start = (by: Author) => bench.services.migrations.start(by, { projectId: project.id, to: 'FILE' });

  it('is not started by who only writes', async () => {
    await expect(start(at(LEVEL.WRITE))).rejects.toMatchObject({ code: 'FORBIDDEN', missing: { level: 'MANAGE' } });
    await expect(start(at(LEVEL.NONE))).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: `There is no project ${project.id}.`,
    });
  });

  it('is started by who manages the project, and by who runs migrations', async () => {
    const { id } = await start(at(LEVEL.MANAGE));
    await expect(bench.services.migrations.pause(at(LEVEL.SEE, 'migrations:run'), { id })).resolves.toMatchObject({
      isPaused: true,
    });
  });

  it('is neither started nor commanded by a key for other projects that may run migrations', async () => {
    const { id, projectId } = await start(author);
    const key = at(LEVEL.NONE, 'migrations:run');
    await expect(bench.services.migrations.cancel(key, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(bench.services.migrations.start(key, { projectId, to: 'FILE' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is not commanded by who only writes', async () => {
    const { id } = await start(author);
    await expect(bench.services.migrations.cancel(at(LEVEL.WRITE), { id })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(bench.services.migrations.cancel(at(LEVEL.NONE), { id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: `There is no migration ${id}.`,
    });
  });
});

describe('reverting a project', () => {
  it('leaves it to its owner', async () => {
    const principal = principalWith({ permissions: ['projects:create'], userId: 'usr_owner' });
    const { id } = await bench.services.projects.create({ ...author, principal }, { name: 'First' });
    const { version } = await bench.services.projects.update(author, { id, version: 1, name: 'Second' });
    const given = await give(id, 'usr_other');
    const reverted = await bench.services.records.revert(author, { id, version: version + 1, toVersion: 1 });
    expect(given).toBe(version + 1);
    expect(reverted).toMatchObject({ name: 'First', ownerId: 'usr_other' });
  });
});

/** Gives a project to another user, straight in the catalog. @returns its new version */
async function give(id: string, ownerId: string): Promise<number> {
  const [project] = (await bench.catalog.collection(projects).get([id])) as [Project];
  const document = { ...project, ownerId, version: project.version + 1 };
  const context = { epoch: await bench.catalog.epoch(), ...author, at: project.updatedAt };
  await bench.catalog.commit([{ kind: 'put', collection: projects.name, operation: 'UPDATE', document }], context);
  return document.version;
}
