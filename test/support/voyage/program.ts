import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface Ended {
  /** Why there was no vector; null when there was one. */
  readonly failure: string | null;
  /** What would have kept the process from ending. */
  readonly held: readonly string[];
  readonly code: number | null;
  readonly stderr: string;
}

/** A process of its own that embeds one text, and exits when nothing keeps it alive. Needs the compiled files. */
export async function embedInProcess(settings: {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly deadlineMs: number;
}): Promise<Ended> {
  const module = (name: string) => new URL(`file://${process.cwd()}/dist/src/embedding/voyage/${name}.js`);
  const program = `
    import { setImmediate as nextTurn } from 'node:timers/promises';
    import { createVoyageClient } from '${module('client')}';
    import { createVoyageEmbedder } from '${module('voyage')}';
    const client = createVoyageClient({ model: 'voyage-3-large', ...${JSON.stringify(settings)} }, { retryMs: 10 });
    const failure = await createVoyageEmbedder({ client }).embedDocuments(['a']).then(() => null, (e) => e.failure);
    // Destroyed handles are gone some turns later.
    for (let turn = 0; turn < 10; turn++) await nextTurn();
    const held = process.getActiveResourcesInfo().filter((each) => /Timeout|TCP|TLS|Worker/.test(each));
    console.log(JSON.stringify({ failure, held }));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  const [out, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const said = JSON.parse(out || '{}') as Pick<Ended, 'failure' | 'held'>;
  return { ...said, code: child.exitCode, stderr };
}
