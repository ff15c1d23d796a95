import { parentPort } from 'node:worker_threads';
import type { Json } from '../util/json/json.js';
import { redact } from './screen-record.js';

/** The thread that scans large texts for secrets. */

parentPort!.on('message', ([id, values]: readonly [number, readonly Json[]]) => {
  parentPort!.postMessage([id, values.map(redact)]);
});
