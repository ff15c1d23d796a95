import { createApp } from '../../src/app.js';
import { createLogger } from '../../src/server/log.js';
import { loadSettings } from '../../src/settings.js';

/**
 * A whole server as a process of its own that can be killed, or stopped, at a step of a migration. Its argument is JSON:
 * `{ "at": 7, "how": "SIGKILL" }` sends itself the signal before the seventh step, `{ "at": "flip" }` before the first of
 * that name; `"times"` after so many of that name. It prints its address as `main` does, and a line of JSON for each step.
 */
interface Fate {
  readonly at?: number | string;
  readonly times?: number;
  readonly how?: NodeJS.Signals;
}

const fate = JSON.parse(process.argv[2] ?? '{}') as Fate;
let steps = 0;
let named = 0;

async function onMigrationStep(name: string): Promise<void> {
  steps += 1;
  if (name === fate.at) named += 1;
  process.stdout.write(`${JSON.stringify({ step: name, number: steps })}\n`);
  const isIt = typeof fate.at === 'number' ? steps === fate.at : name === fate.at && named === (fate.times ?? 1);
  if (!isIt) return;
  process.kill(process.pid, fate.how ?? 'SIGKILL');
  // What a signal does to its own process is done before the next turn of the loop.
  await new Promise(setImmediate);
}

const settings = loadSettings({ HOST: '127.0.0.1', PORT: '0', ...process.env });
const log = createLogger(settings.logLevel);
const app = await createApp(settings, log, { onMigrationStep });
process.on('SIGTERM', () => {
  void app.close().then(() => process.exit(0));
});
const { url } = await app.listen();
log.info({ url }, 'listening');
