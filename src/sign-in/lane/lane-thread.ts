import { parentPort, workerData } from 'node:worker_threads';
import { createAnswers } from './answers.js';
import type { LaneData, ServerCalls } from './calls.js';
import { faults } from './faults.js';
import { createPeer } from './peer.js';

/** The library for signing in: it is asked, and asks the server for records and for what passwords need. */

const server = createPeer<ServerCalls>(parentPort!, { answer: (request) => answer(request) }, faults);
const answer = createAnswers(workerData as LaneData, {
  get: (...args) => server.call('get', ...args),
  list: (...args) => server.call('list', ...args),
  commit: (changes, { requestId, userId }) => server.call('commit', changes, { requestId, userId }),
  hashPassword: (password) => server.call('hashPassword', password),
  verifyPassword: (hash, password) => server.call('verifyPassword', hash, password),
  log: (level, message) => server.call('log', level, message),
});
