import { createHash } from 'node:crypto';
import type { HookEvent } from './event.js';

/** What is kept of an event: something that was said, what became of the session, or both. */
export interface Kept {
  /** Absolute path of the folder that the agent worked in, which says the project. */
  readonly cwd: string;
  readonly session: SessionChange;
  readonly memory: KeptMemory | null;
}

/** Fields of a session; what is left out stays. */
export interface SessionChange {
  readonly key: string;
  readonly agent?: string;
  readonly workspace?: string;
  readonly title?: string;
  readonly model?: string;
  readonly status?: string;
}

export interface KeptMemory {
  readonly externalId: string;
  readonly role: 'USER' | 'ASSISTANT' | 'SYSTEM' | 'TOOL';
  readonly kind: 'MESSAGE' | 'SUMMARY';
  readonly content: string;
  /** ISO 8601. */
  readonly occurredAt: string;
  /** Only of the role `TOOL`. */
  readonly toolName?: string;
  readonly toolCallId?: string;
  readonly metadata?: Readonly<Record<string, string | number>>;
}

/** Who heard of an event, and when. */
export interface Receipt {
  /** ISO 8601. */
  readonly at: string;
  /** Name of the agent. */
  readonly agent: string;
  /** Of events that have no id of their own: what tells two with the same text apart. */
  readonly ordinal: string;
}

/** The longest contents that are kept whole, in characters: the API takes a megabyte of UTF-8. */
const MAX_CONTENT = 340_000;
/** Characters that are kept of what a tool was given. */
const MAX_INPUT = 500;

/** What to keep of an event; null when there is nothing. */
export function keptOf(event: HookEvent, receipt: Receipt): Kept | null {
  const { cwd, sessionId: key, agentType, agentId } = event;
  const { agent } = receipt;
  const session = {
    key,
    agent,
    workspace: cwd.slice(0, MAX_LABEL),
    ...(event.title !== null && { title: event.title }),
  };
  const subagent = { ...(agentType !== null && { agent: agentType }), ...(agentId !== null && { agentId }) };
  const memory = (role: KeptMemory['role'], content: string, extra: Partial<KeptMemory> = {}): Kept | null =>
    content.trim() === ''
      ? null
      : {
          ...{ cwd, session },
          memory: {
            ...{ externalId: idOf(event, receipt), role, kind: 'MESSAGE', occurredAt: receipt.at },
            ...(Object.keys(subagent).length > 0 && { metadata: subagent }),
            ...extra,
            content: cutContent(content),
          },
        };

  switch (event.name) {
    case 'SessionStart':
      return {
        cwd,
        session: { ...session, status: 'active', ...(event.model && { model: event.model }) },
        memory: null,
      };
    case 'UserPromptSubmit':
      return memory('USER', event.prompt);
    case 'Stop':
    case 'SubagentStop':
      return memory('ASSISTANT', event.message);
    case 'PostCompact':
      return memory('SYSTEM', event.summary, { kind: 'SUMMARY' });
    case 'PostToolUse':
      return memory('TOOL', event.output, {
        toolName: event.tool,
        ...(event.callId !== null && { toolCallId: event.callId }),
        metadata: { ...subagent, input: cutInput(event.input), characters: event.output.length },
      });
    case 'SessionEnd':
      return { cwd, session: { key, status: 'ended' }, memory: null };
  }
}

/** As the API limits a workspace. */
const MAX_LABEL = 1_000;

/** The beginning of a text, which says how much was cut off. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = wholeWords(text, max);
  return `${kept.trimEnd()}\n[${(text.length - kept.length).toLocaleString('en')} more characters were cut off]`;
}

/** What no token or password goes on over, in most texts. */
const BETWEEN_WORDS = /[\s"'`\u0080-\uffff]/;

/** The beginning, without a word that is cut: secrets are looked for afterwards, and half of one isn't known as one. */
function wholeWords(text: string, max: number): string {
  const start = head(text, max);
  if (BETWEEN_WORDS.test(text.charAt(start.length))) return start;
  let end = start.length;
  while (end > 0 && !BETWEEN_WORDS.test(start.charAt(end - 1))) end -= 1;
  return end === 0 ? start : start.slice(0, end);
}

/** The beginning, without half of a character at its end. */
export function head(text: string, max: number): string {
  return /[\uD800-\uDBFF]/.test(text.charAt(max - 1)) ? text.slice(0, max - 1) : text.slice(0, max);
}

/** A content, cut to what the API takes. */
export const cutContent = (content: string): string => cut(content, MAX_CONTENT);

/** What is kept of what a tool was given. */
export const cutInput = (input: string): string => cut(input, MAX_INPUT);

/** What a project keeps of a tool's output. */
export function cutOutput(memory: KeptMemory, max: number): KeptMemory {
  return memory.role === 'TOOL' ? { ...memory, content: cut(memory.content, max).trim() } : memory;
}

/**
 * The same for an event however often it is delivered, and another for each event: so a repetition makes no second memory,
 * and a prompt that is given twice makes two. Hosts give ids to prompts and to calls of tools; an answer is of its prompt.
 */
function idOf(event: HookEvent, { ordinal }: Receipt): string {
  const { sessionId, promptId } = event;
  switch (event.name) {
    case 'UserPromptSubmit':
      return promptId === null
        ? join(sessionId, ordinal, 'user', hash(event.prompt))
        : promptMemoryId(sessionId, promptId);
    case 'Stop':
      return answerMemoryId(sessionId, promptId ?? ordinal, event.message);
    case 'SubagentStop':
      return join(sessionId, event.agentId ?? promptId ?? ordinal, 'subagent', hash(event.message));
    case 'PostCompact':
      return summaryMemoryId(sessionId, event.summary);
    case 'PostToolUse':
      return toolMemoryId(sessionId, event.callId ?? join(ordinal, hash(event.input + event.output)));
    default:
      return join(sessionId, event.name);
  }
}

export const promptMemoryId = (sessionId: string, promptId: string): string => join(sessionId, promptId, 'user');

/** Of an agent that goes on after it stopped, each answer to the prompt is one. */
export const answerMemoryId = (sessionId: string, promptId: string, message: string): string =>
  join(sessionId, promptId, 'assistant', hash(message.trim()));

export const toolMemoryId = (sessionId: string, callId: string): string => join(sessionId, callId, 'tool');

export const summaryMemoryId = (sessionId: string, summary: string): string =>
  join(sessionId, 'summary', hash(summary.trim()));

/** As the API limits an id; longer ones, which no host has, are hashed. */
const MAX_ID = 256;

function join(...parts: readonly string[]): string {
  const id = parts.join(':');
  return id.length <= MAX_ID ? id : `${hash(id)}:${id.slice(-100)}`;
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
