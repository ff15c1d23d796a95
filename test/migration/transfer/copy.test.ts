import { describe, expect, it } from 'vitest';
import { RouteChangedError } from '../../../src/domain/errors.js';
import type { Memory } from '../../../src/domain/memory.js';
import type { Reject } from '../../../src/migration/errors.js';
import { copy } from '../../../src/migration/transfer/copy.js';
import { memories } from '../../../src/storage/collections.js';
import type { Change, Store } from '../../../src/storage/store.js';
import { AT, aMemory, aSession } from '../../support/records.js';
import {
  contents,
  copyAll,
  copyOptions,
  create,
  createScribe,
  edit,
  limited,
  noRejects,
  PAIRS,
  positionIn,
  replayAll,
  sides,
  TARGET_EPOCH,
  write,
} from '../support/sides.js';

describe.each(PAIRS)('copying from $from to $to', ({ from, to, isSkipped }) => {
  it.skipIf(isSkipped)('brings everything, while writers create, edit, delete, restore and purge', async () => {
    const [source, target] = [await sides.store(from), await sides.store(to, TARGET_EPOCH)];
    const scribe = createScribe(source);
    await scribe.write(150);
    const options = await copyOptions(source, target);
    let copied = 0;
    for await (const step of copy(options)) {
      copied += step.copied;
      await scribe.write(4);
    }
    await scribe.write(20);
    await replayAll(source, target, await positionIn(source, options.until));
    expect(copied).toBeGreaterThan(options.until);
    expect(await contents(target)).toEqual(await contents(source));
  });

  it.skipIf(isSkipped)('resolves unique keys that move from record to record meanwhile', async () => {
    const [source, target] = [await sides.store(from), await sides.store(to, TARGET_EPOCH)];
    const made = Array.from({ length: 30 }, (_, index) => aMemory({ externalId: `key ${index}` }));
    await create(source, ...made);
    const session = aSession({ key: 'talk' });
    const putSession = (document: typeof session, operation: 'CREATE' | 'DELETE'): Change => ({
      ...{ kind: 'put', collection: 'sessions', operation, document },
    });
    await write(source, putSession(session, 'CREATE'));
    const options = await copyOptions(source, target, { batchSize: 5 });
    let isHanded = false;
    for await (const _ of copy(options)) {
      if (isHanded) continue;
      isHanded = true;
      // Records that were copied release their keys, and others take them.
      const freed: Memory[] = [];
      for (const memory of made) freed.push(await edit(source, memory, { externalId: null }));
      for (const [index, memory] of freed.reverse().entries())
        await edit(source, memory, { externalId: `key ${index}` });
      await write(source, putSession({ ...session, version: 2, deletedAt: AT }, 'DELETE'));
      await write(source, putSession(aSession({ key: 'talk' }), 'CREATE'));
    }
    await replayAll(source, target, await positionIn(source, options.until));
    expect(await contents(target)).toEqual(await contents(source));
  });
});

describe('copying', () => {
  it('resumes from every step as if it hadn’t stopped', async () => {
    const source = await sides.store('SQLite');
    await createScribe(source).write(60);
    const whole = await sides.store('SQLite', TARGET_EPOCH);
    const steps = await copyAll(await copyOptions(source, whole));
    expect(await contents(whole)).toEqual(await contents(source));
    for (const [index, { at }] of steps.entries()) {
      const target = await sides.store('SQLite', TARGET_EPOCH);
      const options = await copyOptions(source, target);
      let left = index;
      for await (const step of copy(options)) {
        expect(step).toEqual(steps[index - left]);
        if (left-- === 0) break;
      }
      expect(await copyAll({ ...options, from: at })).toEqual(steps.slice(index + 1));
      expect(await contents(target)).toEqual(await contents(source));
    }
  });

  it('changes nothing when it is done again', async () => {
    const [source, target] = [await sides.store('SQLite'), await sides.store('files', TARGET_EPOCH)];
    await createScribe(source).write(60);
    const options = await copyOptions(source, target);
    const first = await copyAll(options);
    expect(await copyAll(options)).toEqual(first);
    expect(await contents(target)).toEqual(await contents(source));
  });

  it('writes nothing under another epoch than the target’s', async () => {
    const [source, target] = [await sides.store('SQLite'), await sides.store('SQLite', TARGET_EPOCH)];
    await createScribe(source).write(20);
    const before = await contents(target);
    for (const epoch of [TARGET_EPOCH - 1, TARGET_EPOCH + 1, 3])
      await expect(copyAll(await copyOptions(source, target, { epoch }))).rejects.toThrow(RouteChangedError);
    expect(await contents(target)).toEqual(before);
  });

  it('finds those that the target can’t keep, and copies the rest', async () => {
    const [source, target] = [await sides.store('SQLite'), await sides.store('SQLite', TARGET_EPOCH)];
    const large = [3, 4, 17].map((n) => aMemory({ content: `${n}`.repeat(2_000) }));
    for (let n = 0; n < 20; n += 1) await create(source, n === 3 || n === 4 || n === 17 ? large.shift()! : aMemory());
    const [edited] = (await source.scan(memories, null, 20)).filter(({ content }) => content.startsWith('44'));
    await edit(source, edited!, { content: 'short' });
    const rejects: Reject[] = [];
    const onReject = async (reject: Reject) => void rejects.push(reject);
    const steps = await copyAll(await copyOptions(source, limited(target, 1_500), { onReject }));
    const all = await contents(source);
    const tooLarge = (all.memories as readonly Memory[]).filter(({ content }) => content.length > 1_500);
    expect(rejects.map(({ collection, recordId }) => [collection, recordId])).toEqual([
      ...tooLarge.map(({ id }) => ['memories', id]),
      ['log', '21'],
    ]);
    expect(rejects[0]!.reason).toContain('too large');
    expect(steps.reduce((sum, { copied }) => sum + copied, 0)).toBe(20 + 21 - 3);
    const copied = await contents(target);
    expect(copied.memories).toEqual(all.memories!.filter((memory) => !tooLarge.includes(memory as Memory)));
    expect(copied.log!.slice(0, 20)).toEqual(all.log!.slice(0, 20));
    expect(copied.log![20]).toEqual({ ...all.log![20], before: null, isErased: true });
  });

  it('stops at the first that the target can’t keep when asked to', async () => {
    const [source, target] = [await sides.store('SQLite'), await sides.store('SQLite', TARGET_EPOCH)];
    await create(source, aMemory({ content: 'x'.repeat(2_000) }), aMemory());
    await expect(copyAll(await copyOptions(source, limited(target, 1_500), { onReject: noRejects }))).rejects.toThrow(
      /was rejected/,
    );
  });

  it('reads few at a time once it has met large ones', async () => {
    const [source, target] = [await sides.store('SQLite'), await sides.store('SQLite', TARGET_EPOCH)];
    for (let n = 0; n < 50; n += 1)
      await create(source, aMemory({ content: n < 32 ? 'small' : 'l'.repeat(1_000_000) }));
    const asked: number[] = [];
    const sizes: number[] = [];
    const watched: Store = {
      ...source,
      scan: (spec, after, limit) => {
        if (spec.name === 'memories') asked.push(limit);
        return source.scan(spec, after, limit);
      },
    };
    const measured: Store = {
      ...target,
      import: (batch, epoch) => {
        sizes.push(JSON.stringify(batch).length);
        return target.import(batch, epoch);
      },
    };
    await copyAll(await copyOptions(watched, measured, { batchSize: 1_000 }));
    expect(asked[0]).toBe(32);
    expect(asked.at(-1)).toBeLessThanOrEqual(8);
    expect(Math.max(...sizes)).toBeLessThan(4_300_000);
    expect((await contents(target)).memories).toHaveLength(50);
  });

  it('ends with the signal’s reason', async () => {
    const [source, target] = [await sides.store('SQLite'), await sides.store('SQLite', TARGET_EPOCH)];
    await createScribe(source).write(60);
    const stop = new AbortController();
    const steps = copy(await copyOptions(source, target, { signal: stop.signal }));
    await steps.next();
    stop.abort(new Error('enough'));
    await expect(steps.next()).rejects.toThrow('enough');
  });
});
