import { plainLine, snippet } from '../../util/text/plain.js';
import { graphql } from '../gql/gql.js';
import type { MemoryLineFragment, TaskLineFragment } from '../gql/graphql.js';
import { dotted, minute } from './answer.js';

/** Records on a line each, the id first: the next call needs it. */

export const TaskLine = graphql(`
  fragment TaskLine on Task {
    id handle title status priority type assignedAgent version
    claim { agent expiresAt isExpired token }
    progress { done total }
  }
`);

export const MemoryLine = graphql(`
  fragment MemoryLine on Memory { id kind role occurredAt pinned content sessionId taskId version }
`);

const SNIPPET = 240;

export function taskLine(task: TaskLineFragment): string {
  const { id, title, status, priority, type, assignedAgent, claim, progress, version } = task;
  const isHeld = claim !== null && !claim.isExpired;
  return dotted(
    id,
    status.toLowerCase(),
    priority.toLowerCase(),
    type.toLowerCase(),
    snippet(title, SNIPPET),
    isHeld && `held by ${plainLine(claim.agent)} until ${minute(claim.expiresAt)}`,
    !isHeld && assignedAgent !== null && `for ${plainLine(assignedAgent)}`,
    progress !== null && `${progress.done}/${progress.total} done`,
    `v${version}`,
  );
}

/** @param text what is shown of its content. Left out: the beginning */
export function memoryLine(
  memory: MemoryLineFragment,
  { score, text }: { score?: number; text?: string } = {},
): string {
  const { id, kind, role, occurredAt, pinned, content } = memory;
  return dotted(
    id,
    minute(occurredAt),
    score?.toFixed(2),
    kind === 'MESSAGE' ? role.toLowerCase() : kind.toLowerCase(),
    pinned && 'pinned',
    snippet(text ?? content, SNIPPET),
  );
}

/** How many secrets of a kind were left out of a text. */
export interface Redacted {
  readonly rule: string;
  readonly count: number;
}

/** What was left out of a text that was saved: the agent must know that it isn't there. Empty when nothing was. */
export function redactedLine(redactions: readonly Redacted[]): string {
  if (redactions.length === 0) return '';
  return `Secrets were left out: ${redactions.map(({ rule, count }) => `${rule} ×${count}`).join(', ')}. Don't save them again.`;
}
