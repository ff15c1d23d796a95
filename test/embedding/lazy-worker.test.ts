import { describe, expect, it } from 'vitest';
import { EmbeddingError } from '../../src/domain/errors.js';
import { createLazyWorker } from '../../src/embedding/minilm/lazy-worker.js';
import { forgetTexts } from '../../src/util/forgettable.js';

/** A worker that answers each text with its thread's number, exits on request, and obeys commands in the text. */
const WORKER = `
  import { parentPort, threadId } from 'node:worker_threads';
  console.log('noise'); console.error('noise');
  let forgotten = 0;
  parentPort.on('message', (request) => {
    if (request.kind === 'exit') process.exit();
    if (request.kind === 'forget') return void forgotten++;
    const { text } = request.task;
    if (text === 'throw') throw new Error('broken');
    if (text === 'exit') process.exit();
    if (text === 'wait') return;
    if (text === 'forgotten?') {
      return parentPort.postMessage({ kind: 'done', id: request.id, result: Uint32Array.of(forgotten).buffer });
    }
    parentPort.postMessage({ kind: 'done', id: request.id, result: Uint32Array.of(threadId).buffer });
  });`;

const createTested = (idleMs?: number) => {
  const entry = new URL(`data:text/javascript,${encodeURIComponent(WORKER)}`);
  return createLazyWorker({ entry, settings: null, ...(idleMs === undefined ? {} : { idleMs }) });
};
const threadOf = async (asked: Promise<ArrayBuffer>) => new Uint32Array(await asked)[0];

describe('a worker', () => {
  it.each(['throw', 'exit'])('that dies (%s) fails waiting calls, and the next call starts another', async (death) => {
    const tested = createTested();
    const first = await threadOf(tested.run({ kind: 'cut', text: 'ask' }));
    const calls = await Promise.allSettled(['wait', death].map((text) => tested.run({ kind: 'cut', text })));
    for (const call of calls) expect(call).toMatchObject({ status: 'rejected', reason: expect.any(EmbeddingError) });
    expect(await threadOf(tested.run({ kind: 'cut', text: 'ask' }))).not.toBe(first);
    await tested.close();
  });

  it('is notified when caches of texts are cleared', async () => {
    const tested = createTested();
    const count = async () => new Uint32Array(await tested.run({ kind: 'cut', text: 'forgotten?' }))[0];
    expect(await count()).toBe(0);
    forgetTexts();
    expect(await count()).toBe(1);
    await tested.close();
  });

  it('is kept from call to call', async () => {
    const tested = createTested();
    const first = await threadOf(tested.run({ kind: 'cut', text: 'ask' }));
    expect(await threadOf(tested.run({ kind: 'cut', text: 'ask' }))).toBe(first);
    await tested.close();
  });

  it('exits when idle, and is started again when needed', async () => {
    const tested = createTested(1);
    const first = await threadOf(tested.run({ kind: 'cut', text: 'ask' }));
    await expect.poll(() => tested.isRunning).toBe(false);
    expect(await threadOf(tested.run({ kind: 'cut', text: 'ask' }))).not.toBe(first);
    await tested.close();
  });

  it('is not started after it was closed', async () => {
    const tested = createTested();
    await tested.close();
    await expect(tested.run({ kind: 'cut', text: 'ask' })).rejects.toThrow('closed');
    expect(tested.isRunning).toBe(false);
  });
});
