import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createApp } from '../../../src/app.js';
import { loadSettings } from '../../../src/config/settings.js';
import { createLogger } from '../../../src/server/log.js';
import { createLock } from '../../../src/storage/file/folder/lock.js';

/**
 * A whole server as a process of its own that can be killed, or stopped, at a step of a migration. Each line that it reads
 * is its fate from then on, as JSON: `{ "at": 7, "how": "SIGKILL" }` sends itself the signal before the seventh step,
 * `{ "at": "flip" }` before the next of that name; `"times"` after this many of that name. It prints its address as `main`
 * does, a line of JSON for each step, and each fate that it has received.
 */
interface Fate {
  readonly at?: number | string;
  readonly times?: number;
  readonly how?: NodeJS.Signals;
}

let fate: Fate = {};
let steps = 0;
let named = 0;
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);

createInterface(process.stdin).on('line', (line) => {
  fate = JSON.parse(line) as Fate;
  steps = 0;
  named = 0;
  say({ fate });
});

async function onMigrationStep(name: string): Promise<void> {
  steps += 1;
  if (name === fate.at) named += 1;
  say({ step: name });
  const isIt = typeof fate.at === 'number' ? steps === fate.at : name === fate.at && named === (fate.times ?? 1);
  if (!isIt) return;
  if (fate.how === 'SIGSTOP') await untilUnlocked();
  process.kill(process.pid, fate.how ?? 'SIGKILL');
  // What a signal does to its own process is done before the next turn of the loop.
  await new Promise(setImmediate);
}

/** A process that is stopped while it has a folder's lock keeps everybody out until it continues, as it must. */
async function untilUnlocked(): Promise<void> {
  const files = join(settings.dataDirectory, 'files');
  for (const project of existsSync(files) ? readdirSync(files) : []) {
    const lock = createLock(join(files, project, '.lock'));
    (await lock.acquire())();
    lock.close();
  }
}

const settings = loadSettings({ HOST: '127.0.0.1', PORT: '0', ...process.env });
const log = createLogger(settings.logLevel);
const app = await createApp(settings, log, { onMigrationStep });
process.on('SIGTERM', () => {
  void app.close().then(() => process.exit(0));
});
const { url } = await app.listen();
log.info({ url }, 'listening');
