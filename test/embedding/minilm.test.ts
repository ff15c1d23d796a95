import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, pipeline } from '@xenova/transformers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modelDirectory } from '../../src/embedding/minilm/files.js';
import { createMiniLmEmbedder } from '../../src/embedding/minilm/minilm.js';
import { describeEmbedder, similarity } from '../contract/embedder.js';

describeEmbedder('MiniLM', () => createMiniLmEmbedder());

describe('MiniLM', () => {
  it("returns what transformers.js's own pipeline returns", async () => {
    const text = 'Every write is a line in the log, so every record has a history.';
    env.allowRemoteModels = false;
    env.localModelPath = join(modelDirectory(), '..');
    const extract = await pipeline('feature-extraction', 'all-MiniLM-L6-v2', { dtype: 'q8' });
    const { data } = await extract(text, { pooling: 'mean', normalize: true });
    const embedder = createMiniLmEmbedder();
    const vector = await embedder.embedQuery(text);
    await embedder.close();
    await extract.dispose();
    expect(similarity(vector, Float32Array.from(data))).toBeGreaterThan(0.999);
  });

  it('embeds the head of a query that is too long', async () => {
    const embedder = createMiniLmEmbedder();
    const head = 'the harbour master counts the boats '.repeat(60);
    const [short, long] = await Promise.all([
      embedder.embedQuery(head),
      embedder.embedQuery(head + 'zebra '.repeat(9_000)),
    ]);
    await embedder.close();
    expect(similarity(short, long)).toBeGreaterThan(0.999);
  });

  it('loads the model once for the first query and the few short texts that come with it', async () => {
    const started: unknown[] = [];
    const note = (worker: unknown) => started.push(worker);
    process.on('worker', note);
    const embedder = createMiniLmEmbedder();
    await Promise.all([
      embedder.embedQuery('when does the boat go?'),
      embedder.embedDocuments(['The ferry leaves at nine.', 'The pier is closed.', 'Four boats are moored.']),
    ]);
    await embedder.close();
    process.off('worker', note);
    expect(started).toHaveLength(1);
  });

  it('lets the process end when it has nothing to do, and not before', () => {
    const url = new URL('../../dist/src/embedding/minilm/minilm.js', import.meta.url);
    const program = `
      import { createMiniLmEmbedder } from '${url}';
      createMiniLmEmbedder().embedQuery('a').then((vector) => console.log(vector.length));`;
    const ended = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
      timeout: 15_000,
    });
    expect({ status: ended.status, out: ended.stdout, err: ended.stderr }).toEqual({
      status: 0,
      out: '384\n',
      err: '',
    });
  });
});

describe('a damaged model', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'mooring-model-'));
    cpSync(modelDirectory(), directory, { recursive: true });
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it.each(['tokenizer.json', 'onnx/model_quantized.onnx', 'SHA256SUMS'])(
    'is refused, naming its file %s, and used once that is repaired',
    async (file) => {
      const embedder = createMiniLmEmbedder({ directory });
      rmSync(join(directory, file));
      const failing = [embedder.embedQuery('a'), embedder.embedDocuments(['b', 'c']), embedder.passages('d')];
      for (const call of await Promise.allSettled(failing)) {
        expect(call).toMatchObject({
          reason: { code: 'EMBEDDING_UNAVAILABLE', message: expect.stringContaining(`${file} is missing`) },
        });
      }
      copyFileSync(join(modelDirectory(), file), join(directory, file));
      expect(await embedder.embedQuery('a')).toHaveLength(384);
      await embedder.close();
    },
  );

  it("is refused when a file doesn't match its checksum", async () => {
    truncateSync(join(directory, 'config.json'), 100);
    const embedder = createMiniLmEmbedder({ directory });
    await expect(embedder.embedQuery('a')).rejects.toThrow("config.json doesn't match its checksum in SHA256SUMS");
    await embedder.close();
  });
});
