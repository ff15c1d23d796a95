import { beforeEach, describe, expect, it } from 'vitest';
import { LOG_START, type LogPosition, positionAfter } from '../../../src/domain/log-position.js';
import { type Place, projectAt } from '../../../src/domain/place.js';
import type { Project } from '../../../src/domain/project.js';
import type { ChangeEvent } from '../../../src/services/subscriptions/change-event.js';
import { createChangeFeed } from '../../../src/services/subscriptions/change-feed.js';
import { type Changes, createChanges } from '../../../src/services/subscriptions/changes.js';
import type { Store } from '../../../src/storage/store.js';
import { fence, flip } from '../migrations/moving.js';
import { author, type Bench, makeProject, startBench } from '../support.js';

const FILE: Place = { mode: 'FILE', location: null };
const LOCAL: Place = { mode: 'LOCAL', location: null };

let bench: Bench;
let changes: Changes;
let project: Project;

beforeEach(async () => {
  bench = await startBench();
  changes = createChanges(bench.factory);
  project = await makeProject(bench);
});

const createTask = (title: string) => bench.services.tasks.create(author, { projectId: project.id, title });
const titleOf = ({ record }: ChangeEvent) => (record as unknown as { title: string } | null)?.title;

async function take(following: AsyncIterator<ChangeEvent>, count: number): Promise<ChangeEvent[]> {
  const taken: ChangeEvent[] = [];
  while (taken.length < count) {
    const { done, value } = await following.next();
    if (done) throw new Error(`It ended after ${taken.length}.`);
    taken.push(value);
  }
  return taken;
}

/** Moves the project by hand, as a server that shares the catalog would. */
async function move(to: Place, server: Bench = bench): Promise<void> {
  const { factory, storage } = server;
  const there = projectAt(project, to);
  if ((await factory.find(there)) === null) await storage.create({ ...there, epoch: -1 });
  const { store: source } = await factory.open(project);
  const { store: target } = await factory.at({ ...there, epoch: -1 });
  await fence(factory, project);
  if ((await target.epoch()) > 0) await target.setEpoch(await target.epoch(), -2);
  project = await flip(factory, project, to, { source, target });
}

describe('a follower of a project’s changes', () => {
  it('continues across a move while it waits, and misses nothing', async () => {
    const following = await changes.ofProject(project.id, null);
    const first = take(following, 1);
    await createTask('before');
    const rest = first.then(() => take(following, 2));
    await first;
    await move(FILE);
    await createTask('after');
    await createTask('later');
    expect((await rest).map(titleOf)).toEqual(['after', 'later']);
    expect((await rest).map(({ entry }) => entry.seq)).toEqual([2, 3]);
    await following.return?.();
  });

  it('continues with what it had not read when the project moved', async () => {
    const cursor = await changes.projectCursor(await bench.factory.of(project.id));
    for (let n = 0; n < 120; n++) await createTask(`${n}`);
    const following = await changes.ofProject(project.id, cursor);
    const begun = await take(following, 10);
    await move(FILE);
    await createTask('120');
    const rest = await take(following, 111);
    expect([...begun, ...rest].map(titleOf)).toEqual(Array.from({ length: 121 }, (_, n) => `${n}`));
    expect(await rest.at(-1)!.after()).toMatchObject({ title: '120' });
    await following.return?.();
  });

  it('continues across moves there and back', async () => {
    const following = await changes.ofProject(project.id, null);
    for (const to of [FILE, LOCAL, FILE]) {
      const next = take(following, 1);
      await move(to);
      await createTask(to.mode);
      expect((await next).map(titleOf)).toEqual([to.mode]);
    }
    await following.return?.();
  });

  it('notices a move by another server', async () => {
    const other = await startBench({ folder: bench.folder });
    const following = await changes.ofProject(project.id, null);
    const next = take(following, 1);
    await move(FILE, other);
    await other.services.tasks.create(author, { projectId: project.id, title: 'elsewhere' });
    expect((await next).map(titleOf)).toEqual(['elsewhere']);
    await following.return?.();
  });

  it('resumes after a cursor from before the move', async () => {
    await createTask('seen');
    const cursor = await changes.projectCursor(await bench.factory.of(project.id));
    await createTask('missed');
    await move(FILE);
    await createTask('new');
    const following = await changes.ofProject(project.id, cursor);
    expect((await take(following, 2)).map(titleOf)).toEqual(['missed', 'new']);
    await following.return?.();
  });

  it('receives the deletion of the project after the move', async () => {
    const following = await changes.ofProject(project.id, null);
    await move(FILE);
    await createTask('last');
    const [current] = await bench.factory.catalog.projects.get([project.id]);
    await bench.services.projects.delete(author, { id: project.id, version: current!.version });
    const operations: string[] = [];
    for await (const { entry } of following) operations.push(`${entry.operation} ${entry.collection}`);
    expect(operations).toEqual(['CREATE tasks', 'DELETE projects']);
  });

  it('receives at the end what its store had not announced', async () => {
    const { store, tasks } = await bench.factory.of(project.id);
    const untold: Store = { ...store, log: { ...store.log, follow: silence } };
    await createTask('told');
    const feed = createChangeFeed({ name: 'tasks', store: untold, collections: { tasks }, onIdle: () => {} });
    const following = feed.follow(LOG_START);
    expect((await take(following, 1)).map(titleOf)).toEqual(['told']);
    await createTask('untold');
    await feed.end(null);
    expect((await take(following, 1)).map(titleOf)).toEqual(['untold']);
    expect(await following.next()).toMatchObject({ done: true });
  });
});

describe('a follower that reads late', () => {
  it('sees nothing of what was purged since', async () => {
    const { store, tasks } = await bench.factory.of(project.id);
    for (const title of ['first', 'second', 'third']) await createTask(title);
    const feed = createChangeFeed({ name: 'tasks', store, collections: { tasks }, onIdle: () => {} });
    const [late, prompt] = [feed.follow(LOG_START), feed.follow(LOG_START)];
    expect((await take(late, 1)).map(titleOf)).toEqual(['first']);
    const second = (await take(prompt, 3))[1]!.record!;
    const { id, version } = second;
    const context = { epoch: project.epoch, actor: 'tester', requestId: 'purge', at: second.updatedAt };
    await store.commit([{ kind: 'remove', collection: 'tasks', id, version }], context);
    expect((await take(prompt, 1))[0]!.entry.operation).toBe('PURGE');
    const rest = await take(late, 3);
    expect(rest.map(titleOf)).toEqual([undefined, 'third', undefined]);
    expect(await rest[0]!.after()).toBeNull();
    await feed.end(null);
  });

  it('sees what a record was once that can be read again', async () => {
    const { store, tasks } = await bench.factory.of(project.id);
    await createTask('first');
    let isDown = true;
    const image: Store['log']['image'] = async (...of) => {
      if (isDown) throw new Error('The store is down.');
      return store.log.image(...of);
    };
    const failing: Store = { ...store, log: { ...store.log, image } };
    const feed = createChangeFeed({ name: 'tasks', store: failing, collections: { tasks }, onIdle: () => {} });
    const [change] = await take(feed.follow(LOG_START), 1);
    await expect(change!.after()).rejects.toThrow('down');
    isDown = false;
    expect(await change!.after()).toMatchObject({ title: 'first' });
    await feed.end(null);
  });
});

describe('many followers from one position', () => {
  it('share one check that the log holds it, and get the same last change', async () => {
    const { store, tasks } = await bench.factory.of(project.id);
    let checks = 0;
    const holds: Store['log']['holds'] = (position) => {
      checks += 1;
      return store.log.holds(position);
    };
    const counted: Store = { ...store, log: { ...store.log, holds } };
    const feed = createChangeFeed({ name: 'tasks', store: counted, collections: { tasks }, onIdle: () => {} });
    const from = positionAfter((await store.log.read(0, 1))[0] ?? (await firstEntry()));
    const all = Array.from({ length: 20 }, () => feed.follow(from));
    await createTask('second');
    const [first] = await Promise.all(all.map((following) => take(following, 1)));
    expect(first!.map(titleOf)).toEqual(['second']);
    expect(checks).toBe(1);
    await feed.end(first![0]!);
    const lasts = await Promise.all(all.map((following) => take(following, 1)));
    expect(new Set(lasts.flat()).size).toBe(1);
    for (const following of all) expect(await following.next()).toMatchObject({ done: true });

    async function firstEntry() {
      await createTask('first');
      return (await store.log.read(0, 1))[0]!;
    }
  });
});

async function* silence(_after: LogPosition, signal: AbortSignal): AsyncGenerator<never> {
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
}
