import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createIdGenerator } from '../../../src/domain/id.js';
import { PROJECT_COLLECTIONS } from '../../../src/storage/collections.js';
import { createFolderInspector, type FolderInspector } from '../../../src/storage/file/inspector.js';
import { until } from '../../support/until.js';

const NAMES = PROJECT_COLLECTIONS.map(({ name }) => name);
let root: string;
let inspector: FolderInspector;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mooring-inspector-'));
});
afterEach(async () => {
  await inspector.close();
  rmSync(root, { recursive: true });
});

describe.skipIf(process.platform === 'win32')('a root that hangs', () => {
  const deadline = 3_000;
  let pipe: string;
  /** A thread whose inspection of a root called `hung` waits for a writer of a pipe, as one of a dead network disk would. */
  const url = () =>
    new URL(
      `data:text/javascript,${encodeURIComponent(`
        import { openSync, readSync } from 'node:fs';
        import { parentPort } from 'node:worker_threads';
        parentPort.on('message', ({ id, paths }) => {
          if (/hung/.test(paths[0])) readSync(openSync(${JSON.stringify(pipe)}), Buffer.alloc(1));
          parentPort.postMessage([[id, { ok: true, value: paths.map(() => true) }]]);
        });`)}`,
    );
  beforeEach(() => {
    pipe = join(root, 'pipe');
    execFileSync('mkfifo', [pipe]);
    inspector = createFolderInspector({ deadline, url: url() });
  });
  const hung = () => inspector.exists('/hung', '/hung/x');
  /** From now on there is always something to read. */
  function release(): void {
    const file = openSync(pipe, 'r+');
    onTestFinished(() => closeSync(file));
    writeSync(file, Buffer.alloc(1_000));
  }

  it('is reported as such, blocks no other, and is inspected again once it answers', async () => {
    const late = hung();
    const behind = inspector.exists('/fine', '/fine/x');
    await expect(late).rejects.toMatchObject({
      code: 'STORE_TIMEOUT',
      message: expect.stringContaining('/hung'),
      hint: expect.stringContaining('network'),
    });
    expect(await behind).toBe(true);
    // It isn't inspected, so that nothing waits for it.
    await expect(hung()).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
    expect(await inspector.exists('/fine', '/fine/x')).toBe(true);
    release();
    await until(() => hung().catch(() => false));
  });
});

describe('a root', () => {
  const newId = createIdGenerator();
  const anId = () => newId('project', 'abcdefgh');
  const head = JSON.stringify({ store: 's', epoch: 3, floor: 0 });

  function aProject(files: Readonly<Record<string, string>>): string {
    const id = anId();
    mkdirSync(join(root, id));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, id, name), text);
    return id;
  }

  beforeEach(() => {
    inspector = createFolderInspector();
  });

  it('with more entries than projects can be is refused, and not read to its end', async () => {
    execFileSync('bash', ['-c', 'seq 100001 | xargs touch'], { cwd: root });
    const refusal = { code: 'STORE_UNSUITABLE', message: expect.stringContaining('100,000') };
    await expect(inspector.list(root, NAMES)).rejects.toMatchObject(refusal);
  });

  it('is listed whole, whatever is wrong with one of its projects', async () => {
    const sound = aProject({ 'head.json': head });
    const large = aProject({ 'head.json': head, 'project.json': ' '.repeat(17 * 2 ** 20) });
    const linked = aProject({ 'head.json': head });
    symlinkSync(root, join(root, linked, 'project.json'));
    const found = new Map((await inspector.list(root, NAMES)).map((each) => [each.projectId, each]));
    expect(found.get(sound)).toEqual({ projectId: sound, manifest: null, epoch: 3 });
    for (const id of [large, linked]) {
      expect(found.get(id)?.fault).toMatchObject({ code: 'STORE_UNSUITABLE', hint: expect.any(String) });
      expect(found.get(id)?.fault?.message).toContain(join(root, id, 'project.json'));
      await expect(inspector.find(root, join(root, id))).rejects.toMatchObject({ code: 'STORE_UNSUITABLE' });
    }
  });

  it('with more projects than can be inspected in time is reported as such', async () => {
    await inspector.close();
    inspector = createFolderInspector({ listDeadline: 0 });
    aProject({ 'head.json': head });
    await expect(inspector.list(root, NAMES)).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
  });
});
