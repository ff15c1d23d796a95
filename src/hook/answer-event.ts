import type { ProjectFolders } from '../util/project-folders.js';
import { answerOf, isIgnored } from './answer.js';
import type { Ask } from './ask.js';
import { contextFor } from './context.js';
import type { HookEvent } from './event/event.js';
import { keptOf, type Receipt } from './event/kept.js';
import { keep } from './keep.js';
import { findProject } from './projects.js';

/**
 * Answers an event and keeps it, for a caller that needs no deadline and no spool: the server's own address for hooks. No
 * project is created.
 * @returns what the host reads; null when that is nothing @throws AskError when it can't be kept
 */
export async function answerEvent(
  ask: Ask,
  event: HookEvent,
  { receipt, place, isSetUp }: { readonly receipt: Receipt; readonly place: ProjectFolders; readonly isSetUp: boolean },
): Promise<object | null> {
  if (isIgnored(event)) return null;
  const project = await findProject(ask, place);
  if (!project) return null;
  // What is remembered is a help; what was said is to be kept with or without it.
  const context = await contextFor(ask, project, event).catch(() => null);
  const kept = keptOf(event, receipt);
  if (kept) await keep(ask, project, kept, isSetUp);
  return answerOf(event, context);
}
