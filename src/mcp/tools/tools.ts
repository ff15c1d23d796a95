import { claimTask } from './claim-task.js';
import { getContext } from './get-context.js';
import { getHistory } from './get-history.js';
import { getRecords } from './get-records.js';
import { listTasks } from './list-tasks.js';
import { project, seeProject } from './project.js';
import { saveMemory } from './save-memory.js';
import { saveTask } from './save-task.js';
import { search } from './search.js';
import type { Tool } from './tool.js';
import { undo } from './undo.js';

/** All tools. What can't be undone (purging, moving, settings) is none on purpose: it is for people. */
export const TOOLS: readonly Tool[] = [
  getContext,
  search,
  getRecords,
  saveMemory,
  listTasks,
  claimTask,
  saveTask,
  getHistory,
  undo,
  project,
];

/** Those of a connection that only reads. */
export const READING_TOOLS: readonly Tool[] = [...TOOLS.filter(({ isReading }) => isReading), seeProject];
