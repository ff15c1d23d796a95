import { type Ask, AskError, payloadOf, type Result } from './ask.js';
import { SAVE, SAVE_MEMORY, SAVE_SESSION } from './documents.js';
import { cutOutput, type Kept } from './event/kept.js';
import { captureOf, type HookProject } from './projects.js';

/**
 * Saves what is kept of an event, as its project's settings say. Once: a repetition finds what is there.
 * @returns whether the project keeps it @throws AskError
 */
export async function keep(ask: Ask, project: HookProject, kept: Kept, isSetUp: boolean): Promise<boolean> {
  const capture = captureOf(project, isSetUp);
  if (capture === 'OFF' || (kept.memory?.role === 'TOOL' && capture !== 'ALL')) return false;
  const projectId = project.id;
  const session = { projectId, ...kept.session };
  if (!kept.memory) {
    const { session: result } = await ask<{ session: Result }>(SAVE_SESSION, { session });
    payloadOf(result);
    return true;
  }
  const cut = cutOutput(kept.memory, project.captureToolCharacters);
  const memory = { projectId, sessionId: kept.session.key, ...cut };
  try {
    // The output of a tool tells nothing new of its session.
    const isOfTool = memory.role === 'TOOL';
    const saved = await ask<{ memory: Result }>(isOfTool ? SAVE_MEMORY : SAVE, { session, memory });
    payloadOf(saved.memory);
  } catch (error) {
    // It was kept, and somebody has deleted it since.
    if (!(error instanceof AskError && error.code === 'ALREADY_EXISTS')) throw error;
  }
  return true;
}
