import type { Memory } from '../../domain/memory.js';
import type { Task } from '../../domain/task.js';
import type { Passage } from '../../embedding/embedder.js';
import { around, byteLength, head } from './context-cut.js';

export const CONTEXT_SOURCES = ['TASK', 'SESSION', 'RELEVANT'] as const;
export type ContextSource = (typeof CONTEXT_SOURCES)[number];

export interface MemoryContext {
  /** The items' texts, ready for a prompt. */
  readonly text: string;
  readonly tokens: number;
  readonly items: readonly {
    readonly source: ContextSource;
    /** The memory or the task that it is from. */
    readonly record: Memory | Task;
    readonly text: string;
    readonly tokens: number;
    /** For RELEVANT: as in a search. */
    readonly score: number | null;
    readonly isCut: boolean;
  }[];
  /** Memories left out because the budget was full. */
  readonly omitted: number;
}

/** A memory that may go into a context. */
export interface ContextCandidate {
  readonly memory: Memory;
  /** How relevant it is; null for one that was chosen for being recent. */
  readonly score: number | null;
  /** The relevant passage; null: the beginning. */
  readonly passage: Passage | null;
}

type Item = MemoryContext['items'][number];

/** Bytes of UTF-8 per token, as an estimate. */
const BYTES_A_TOKEN = 4;
const SEPARATOR = '\n\n';
/** The share of the budget that the task may use, and that a memory may use while others wait. */
const SHARE = 1 / 4;
/** An excerpt of fewer bytes is useless. */
const SHORTEST_CUT_BYTES = 64;

/**
 * Fills a budget: the task first, then the most relevant and the latest alternately, each memory once. What is too long for
 * its share is cut; what doesn't fit is counted. In the text the task comes first, then the relevant memories, best
 * first, then the session in chronological order.
 */
export function fillContext(
  task: Task | null,
  relevant: readonly ContextCandidate[],
  latest: readonly ContextCandidate[],
  maxTokens: number,
): MemoryContext {
  const budget = maxTokens * BYTES_A_TOKEN;
  const share = Math.floor(budget * SHARE);
  const items: Item[] = [];
  let used = 0;
  let omitted = 0;

  function add(item: Omit<Item, 'tokens'>): void {
    used += byteLength(item.text) + (items.length > 0 ? SEPARATOR.length : 0);
    items.push({ ...item, tokens: countTokens(item.text) });
  }

  if (task) {
    const text = describeTask(task);
    const cut = head(text, share);
    if (cut !== '') add({ source: 'TASK', record: task, text: cut, score: null, isCut: cut.length < text.length });
  }

  const candidates = takeTurns(relevant, latest);
  for (const [index, { memory, score, passage }] of candidates.entries()) {
    const room = budget - used - (items.length > 0 ? SEPARATOR.length : 0);
    const limit = Math.min(room, Math.max(share, Math.floor(room / (candidates.length - index))));
    const label = `${memory.role} ${memory.occurredAt}: `;
    const text = fit(memory.content, passage, limit - label.length);
    if (text === null) omitted++;
    else {
      add({
        source: score === null ? 'SESSION' : 'RELEVANT',
        record: memory,
        text: label + text,
        score,
        isCut: text !== memory.content,
      });
    }
  }

  const ordered = inOrder(items);
  const text = ordered.map((item) => item.text).join(SEPARATOR);
  return { text, tokens: countTokens(text), items: ordered, omitted };
}

/** The content, or as much of it around the passage as fits; null when that would be useless. */
function fit(content: string, passage: Passage | null, limit: number): string | null {
  if (byteLength(content) <= limit) return content;
  return limit < SHORTEST_CUT_BYTES ? null : around(content, passage?.start ?? 0, limit);
}

function takeTurns(relevant: readonly ContextCandidate[], latest: readonly ContextCandidate[]): ContextCandidate[] {
  const seen = new Set<string>();
  const turns: ContextCandidate[] = [];
  for (let turn = 0; turn < Math.max(relevant.length, latest.length); turn++) {
    for (const candidate of [relevant[turn], latest[turn]]) {
      if (!candidate || seen.has(candidate.memory.id)) continue;
      seen.add(candidate.memory.id);
      turns.push(candidate);
    }
  }
  return turns;
}

/** Items were added newest first; a conversation is read oldest first. */
function inOrder(items: readonly Item[]): Item[] {
  const from = (source: ContextSource): Item[] => items.filter((item) => item.source === source);
  return [...from('TASK'), ...from('RELEVANT'), ...from('SESSION').reverse()];
}

function describeTask({ title, status, priority, type, description, analysis }: Task): string {
  const parts = [`TASK ${title} (${type}, ${priority}, ${status})`, description, analysis ?? ''];
  return parts.filter((part) => part !== '').join('\n');
}

function countTokens(text: string): number {
  return Math.ceil(byteLength(text) / BYTES_A_TOKEN);
}
