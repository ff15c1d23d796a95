import type { Memory } from '../../domain/memory.js';
import type { Task } from '../../domain/task.js';
import type { Passage } from '../../embedding/embedder.js';
import { around, byteLength, head } from './context-cut.js';

export const CONTEXT_SOURCES = ['TASK', 'PINNED', 'DECISION', 'RELEVANT', 'SESSION'] as const;
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
  /** Memories left out because the budget was full, or larger ones before them were all that is read for one context. */
  readonly omitted: number;
}

/** A memory that may go into a context. */
export interface ContextCandidate {
  readonly source: Exclude<ContextSource, 'TASK'>;
  readonly memory: Memory;
  /** How relevant it is; null for one that was chosen for something else. */
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
/** The share of the budget that those which come first may use while others wait. */
const SHARE_OF_FIRST = 1 / 2;
/** An excerpt of fewer bytes is useless. */
const SHORTEST_CUT_BYTES = 64;

/** The memories that may go into a context, by how they were chosen. */
export interface ContextCandidates {
  /** Pinned ones and decisions. */
  readonly first: readonly ContextCandidate[];
  /** Best first. */
  readonly relevant: readonly ContextCandidate[];
  /** Newest first. */
  readonly latest: readonly ContextCandidate[];
  /** How many more there are that weren't read. */
  readonly unread: number;
}

/**
 * Fills a budget: the task, then pinned memories and decisions up to their share, then the most relevant and the latest
 * alternately, each memory once; then what is left of the first, if there is room. What is too long for its share is cut; what
 * doesn't fit is counted. In the text the task comes first, then pinned memories and decisions, then the relevant memories,
 * best first, then the session in chronological order.
 */
export function fillContext(
  task: Task | null,
  { first, relevant, latest, unread }: ContextCandidates,
  maxTokens: number,
): MemoryContext {
  const budget = maxTokens * BYTES_A_TOKEN;
  const share = Math.floor(budget * SHARE);
  const items: Item[] = [];
  let used = 0;

  function add(item: Omit<Item, 'tokens'>): void {
    used += byteLength(item.text) + (items.length > 0 ? SEPARATOR.length : 0);
    items.push({ ...item, tokens: countTokens(item.text) });
  }

  if (task) {
    const text = describeTask(task);
    const cut = head(text, share);
    if (cut !== '') add({ source: 'TASK', record: task, text: cut, score: null, isCut: cut.length < text.length });
  }

  /** Adds those that fit below a limit of the whole, in bytes. Returns the others. */
  function addAll(candidates: readonly ContextCandidate[], total: number): readonly ContextCandidate[] {
    const rest: ContextCandidate[] = [];
    for (const [index, candidate] of candidates.entries()) {
      const { source, memory, score, passage } = candidate;
      const room = total - used - (items.length > 0 ? SEPARATOR.length : 0);
      const limit = Math.min(room, Math.max(share, Math.floor(room / (candidates.length - index))));
      const label = `${memory.kind === 'MESSAGE' ? memory.role : memory.kind} ${memory.occurredAt}: `;
      const text = fit(memory.content, passage, limit - label.length);
      if (text === null) rest.push(candidate);
      else add({ source, record: memory, text: label + text, score, isCut: text !== memory.content });
    }
    return rest;
  }

  const firsts = new Set(first.map(({ memory }) => memory.id));
  const others = takeTurns(relevant, latest).filter(({ memory }) => !firsts.has(memory.id));
  const waiting = addAll(first, others.length > 0 ? used + Math.floor(budget * SHARE_OF_FIRST) : budget);
  const omitted = addAll([...others, ...waiting], budget).length + unread;

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

/** By source. Items were added newest first; a conversation is read oldest first. */
function inOrder(items: readonly Item[]): Item[] {
  return CONTEXT_SOURCES.flatMap((source) => {
    const found = items.filter((item) => item.source === source);
    return source === 'SESSION' ? found.reverse() : found;
  });
}

function describeTask({ title, status, priority, type, description, analysis }: Task): string {
  const parts = [`TASK ${title} (${type}, ${priority}, ${status})`, description, analysis ?? ''];
  return parts.filter((part) => part !== '').join('\n');
}

function countTokens(text: string): number {
  return Math.ceil(byteLength(text) / BYTES_A_TOKEN);
}
