import type { Memory } from '../../../domain/memory.js';
import { contained, onOneLine, quoted, verbatim } from './contained.js';
import type { ConversationFormat } from './contract.js';

/** Roles whose messages are Markdown themselves. Others are quoted, or shown as they are, so that they stand out. */
const PLAIN: ReadonlySet<string> = new Set(['USER', 'ASSISTANT']);
const VERBATIM: ReadonlySet<string> = new Set(['TOOL']);

/** A title, a line about the conversation, and each message under a heading with its role and time. */
export const markdownFormat: ConversationFormat = {
  begin({ key, title, agent, model, provider, workspace, userId, startedAt, activeAt }) {
    const facts = [agent, model, provider, workspace, userId].filter((fact) => fact !== null);
    const period = periodOf(startedAt, activeAt ?? startedAt);
    return `# ${onOneLine(title ?? key)}\n\n${onOneLine([...facts, period].join(' · '))}\n`;
  },

  message: (memory) =>
    `\n## ${headingOf(memory)}, ${timeOf(memory.occurredAt)}\n\n${shown(memory.role, memory.content)}\n`,

  end: () => '',
};

/** `User`, `Tool search (call_1)`, or `Assistant, pinned decision`. */
function headingOf({ role, toolName, toolCallId, kind, pinned }: Memory): string {
  const by = [`${role[0]}${role.slice(1).toLowerCase()}`, toolName, toolCallId && `(${toolCallId})`];
  const what = [pinned ? 'pinned' : null, kind === 'MESSAGE' && !pinned ? null : kind.toLowerCase()];
  const [speaker, note] = [by, what].map((words) => onOneLine(words.filter((word) => word !== null).join(' ')));
  return note ? `${speaker}, ${note}` : speaker!;
}

function shown(role: string, content: string): string {
  const text = content.replace(/\r\n?/g, '\n').trimEnd();
  if (VERBATIM.has(role)) return verbatim(text);
  return PLAIN.has(role) ? contained(text) : quoted(text);
}

/** `2026-01-31 09:30:00 UTC` */
const timeOf = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;

function periodOf(start: string, end: string): string {
  const from = start.slice(0, 16).replace('T', ' ');
  if (from === end.slice(0, 16).replace('T', ' ')) return `${from} UTC`;
  const to = start.slice(0, 10) === end.slice(0, 10) ? end.slice(11, 16) : end.slice(0, 16).replace('T', ' ');
  return `${from} to ${to} UTC`;
}
