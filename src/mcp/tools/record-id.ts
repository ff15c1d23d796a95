import { AskError } from '../ask.js';

const RECORD_ID = /^(tsk|mem|ses|sta|prj)_/;

/** Whether it is the id of a record, as ids of requests are none. */
export function isRecordId(id: string): boolean {
  return RECORD_ID.test(id);
}

/** Whether a text is an id, and no part of one. */
export function isWholeId(text: string): boolean {
  return /^(tsk|mem|ses|sta|prj|mig)_[0-9a-z]{26}$/.test(text);
}

export function noRecord(id: string): AskError {
  return new AskError(
    'NOT_FOUND',
    `There is no record ${JSON.stringify(id.slice(0, 100))}.`,
    'Find its id with search, list_tasks or get_history.',
  );
}
