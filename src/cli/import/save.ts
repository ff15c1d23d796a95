import { cutOutput, type KeptMemory } from '../../hook/event/kept.js';
import type { Api } from '../api.js';
import { CliError, payloadOf } from '../exit.js';
import { CountMemories, ImportMemories, ImportSession } from './documents.js';
import type { Target } from './targets.js';
import type { Conversation } from './transcript.js';

/** Saves conversations in a project, in batches. Repeated, it saves nothing twice. */
export interface Saver {
  add(conversation: Conversation, memory: KeptMemory): Promise<void>;
  /** Saves what is left, and the session's own fields. */
  end(conversation: Conversation): Promise<void>;
  /** Memories that the server refused, and why the last of them was. */
  refused(): { readonly count: number; readonly why: string | null };
}

/** What one request takes: records, and characters of their contents, which are far less than its limit in bytes. */
const BATCH = 200;
const BATCH_CHARS = 1_000_000;
/** The name of the agent whose conversations they are, in sessions and in the log. */
const AGENT = 'claude-code';

export function createSaver(api: Api, target: Target): Saver {
  let waiting: KeptMemory[] = [];
  let chars = 0;
  let refused = 0;
  let why: string | null = null;

  async function save(sessionId: string, memories: readonly KeptMemory[]): Promise<void> {
    const inputs = memories.map((memory) => ({ ...memory, sessionId }));
    try {
      const input = { projectId: target.id, memories: inputs };
      payloadOf((await api.run(ImportMemories, { input }, AGENT)).saveMemories);
    } catch (error) {
      if (!(error instanceof CliError) || !LASTING.has(error.code ?? '')) throw error;
      // All or none: one that the server refuses, such as a memory that was deleted, keeps none of the others out.
      if (memories.length > 1) {
        const half = Math.ceil(memories.length / 2);
        await save(sessionId, memories.slice(0, half));
        await save(sessionId, memories.slice(half));
        return;
      }
      // It was saved, and somebody has deleted it since.
      if (error.code === 'ALREADY_EXISTS') return;
      refused += 1;
      why = error.message;
    }
  }

  async function flush(sessionId: string): Promise<void> {
    const batch = waiting;
    waiting = [];
    chars = 0;
    if (batch.length > 0) await save(sessionId, batch);
  }

  return {
    async add({ sessionId }, whole) {
      const memory = cutOutput(whole, target.captureToolCharacters);
      waiting.push(memory);
      chars += memory.content.length;
      if (waiting.length >= BATCH || chars >= BATCH_CHARS) await flush(sessionId!);
    },
    async end({ sessionId, cwd, title, model }) {
      await flush(sessionId!);
      const fields = {
        ...(title !== null && { title }),
        ...(model !== null && { model }),
        ...(cwd !== null && { workspace: cwd }),
      };
      const input = { projectId: target.id, key: sessionId!, agent: AGENT, ...fields };
      payloadOf((await api.run(ImportSession, { input }, AGENT)).upsertSession);
    },
    refused: () => ({ count: refused, why }),
  };
}

/** Errors of a record, rather than of the server or the connection. */
const LASTING: ReadonlySet<string> = new Set([
  'INVALID_INPUT',
  'ALREADY_EXISTS',
  'RECORD_TOO_LARGE',
  'SECRET_REFUSED',
  'NOT_FOUND',
]);

export async function countMemories(api: Api, projectId: string): Promise<number> {
  const { project } = await api.run(CountMemories, { projectId });
  return project?.memories.totalCount ?? 0;
}
