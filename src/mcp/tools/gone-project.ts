import { AskError } from '../ask.js';

/** A project that was purged between two requests of a call. */
export function goneProject(id: string): AskError {
  return new AskError('NOT_FOUND', `The project ${id} is gone.`, 'See which there are with the tool project.');
}
