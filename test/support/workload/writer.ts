import type { Api } from '../api.js';
import { type Line, Unheard } from './line.js';
import { isSame, type Kind, live, type Oracle, type Outcome, readOutcomes, type Tracked } from './oracle.js';
import { RARE, rareWord } from './search.js';

/** The least number of memories and tasks that exist from the start. */
export const SEEDS = 60;

/** Contents of memories. Where they are shared, few are embedded: other fields distinguish the records. */
const PHRASES = [
  'The parser says which line is wrong.',
  'We agreed to keep the old cursor format.',
  'The build passes after the change to the tokenizer.',
  'Ask the harbour master about the tide tables.',
  'Retry only what is safe to repeat.',
  'The customer wants the export by Friday.',
];

const KINDS = ['MESSAGE', 'NOTE', 'DECISION', 'FACT', 'SUMMARY'];

interface Saved {
  readonly id: string;
  readonly session: { readonly id: string } | null;
}

/** The content of a memory, by its number and its note. */
export type ContentOf = (n: number, note: string) => string;
export const sharedContent: ContentOf = (n) => PHRASES[n % PHRASES.length]!;
export const ownContent: ContentOf = (n, note) => `${note}: ${sharedContent(n, note)}`;

/** Fills a project with this many records, half of them tasks. A few memories have a word of their own. */
export async function seed({ mutate }: Api, projectId: string, oracle: Oracle, count: number, contentOf: ContentOf) {
  const half = Math.ceil(count / 2);
  for (let start = 0; start < half; start += 100) {
    const numbers = Array.from({ length: Math.min(100, half - start) }, (_, n) => start + n);
    const { tasks } = await mutate<{ tasks: readonly { id: string }[] }>(
      'createTasks',
      { projectId, tasks: numbers.map((n) => ({ title: `seed ${n}`, description: PHRASES[n % 6]!.repeat(4) })) },
      'tasks { id }',
    );
    for (const [n, { id }] of tasks.entries()) oracle.track('task', id, live(1, `seed ${start + n}`));
    const memories = numbers.map((n) => ({
      ...{ role: 'USER', sessionId: `s${n % 4}`, metadata: { note: `seed ${n}` } },
      content: n < RARE ? `The ${rareWord(n)} hovers over the field.` : contentOf(n, `seed ${n}`),
    }));
    const saved = await mutate<{ memories: readonly Saved[] }>(
      'saveMemories',
      { projectId, memories },
      'memories { id session { id } }',
    );
    for (const [n, { id, session }] of saved.memories.entries()) {
      oracle.track('memory', id, live(1, `seed ${start + n}`));
      if (session) oracle.track('session', session.id, live(1, ''));
    }
  }
}

export interface WriterParts {
  readonly line: Line;
  readonly projectId: string;
  readonly oracle: Oracle;
  readonly faults: string[];
  readonly contentOf: ContentOf;
  /** Number of the writer: it changes only what it made itself. */
  readonly writer: number;
}

/** A writer of everything that can be written, in an order that is the same in every run. Each call is one write. */
export function createWriterOf({
  line,
  projectId,
  oracle,
  faults,
  contentOf,
  writer,
}: WriterParts): () => Promise<void> {
  const mine: Tracked[] = [];
  const random = randomOf(writer + 1);
  let count = 0;
  const pick = (kinds: readonly Kind[], state: Outcome['state']): Tracked | undefined => {
    const fitting = mine.filter(({ kind, is, orElse }) => !orElse && kinds.includes(kind) && is.state === state);
    return fitting[Math.floor(random() * fitting.length)];
  };

  /** Creates a record under an externalId of its own, and retries until an answer arrives: it is created once. */
  async function create<T>(name: string, input: object, fields: string, made: (answer: T) => void): Promise<void> {
    for (;;) {
      try {
        made(await line.write(name, ({ mutate }) => mutate<T>(name, input, fields)));
        return;
      } catch (error) {
        if (!(error instanceof Unheard)) throw new Error(`${name} was refused: ${String(error)}`, { cause: error });
      }
      await line.read(({ ask }) => ask('{ serverInfo { version } }'));
    }
  }

  /** Changes records together. When the answer is lost they may be in either state, all in the same. */
  async function change(changes: ReadonlyMap<Tracked, Outcome>, name: string, input: object): Promise<void> {
    for (const [record, next] of changes) record.orElse = next;
    try {
      await line.write(name, ({ mutate }) => mutate(name, input, '__typename'));
      for (const [record, next] of changes) Object.assign(record, { is: next, orElse: null });
    } catch (error) {
      await settle(changes);
      if (!(error instanceof Unheard)) faults.push(`${name} of ${JSON.stringify(input)} was refused: ${String(error)}`);
    }
  }

  async function settle(changes: ReadonlyMap<Tracked, Outcome>): Promise<void> {
    const records = [...changes.keys()];
    const ids = records.map(({ id }) => id);
    const found = await line.read((api) => readOutcomes(api, ids));
    const done = records.filter((record, n) => isSame(found[n]!, changes.get(record)!));
    if (done.length !== 0 && done.length !== records.length) faults.push(`half of a write was done: ${ids.join(' ')}`);
    for (const record of done) Object.assign(record, { is: changes.get(record)!, orElse: null });
    // What wasn't done may still come, from a database that continues without the server: it isn't touched again.
  }

  const one = (record: Tracked, next: Partial<Outcome>): ReadonlyMap<Tracked, Outcome> =>
    new Map([[record, { ...record.is, version: record.is.version + 1, ...next }]]);
  const name = (verb: string, { kind }: Tracked) => `${verb}${kind[0]!.toUpperCase()}${kind.slice(1)}`;

  /** The last memory, which nobody has superseded yet. */
  let supersedable: string | null = null;

  /** What else a memory may have, in turns; it refers to what is live, as only this writer deletes it. */
  function nextDetails(): object {
    const tool = { role: 'TOOL', toolName: 'grep', toolCallId: `call ${count}` };
    const target = pick(['task', 'memory'], 'LIVE');
    const last = mine.find(({ id, is, orElse }) => id === supersedable && !orElse && is.state === 'LIVE');
    supersedable = null;
    return {
      ...(count % 3 === 0 ? tool : { role: 'ASSISTANT' }),
      ...{ kind: KINDS[count % KINDS.length], pinned: count % 7 === 0 },
      ...(target ? { references: [target.id] } : {}),
      ...(last ? { supersedes: last.id } : {}),
    };
  }

  // — what a writer does —

  async function createTask(text: string): Promise<void> {
    const input = { projectId, title: text, externalId: text, description: PHRASES[count % 6] };
    await create<{ task: { id: string } }>('createTask', input, 'task { id }', ({ task }) =>
      mine.push(oracle.track('task', task.id, live(1, text))),
    );
  }

  async function saveMemory(text: string, sessionId = `s${count % 4}`): Promise<{ memory: Tracked; session: Tracked }> {
    const own = { sessionId, externalId: text, metadata: { note: text }, ...nextDetails() };
    const input = { projectId, content: contentOf(count, text), ...own };
    let saved: Saved | undefined;
    await create<{ memory: Saved }>('saveMemory', input, 'memory { id session { id } }', (answer) => {
      saved = answer.memory;
    });
    const { id, session } = saved!;
    supersedable = id;
    return {
      memory: oracle.track('memory', id, live(1, text)),
      session: oracle.track('session', session!.id, live(1, '')),
    };
  }

  async function saveState(text: string): Promise<void> {
    const input = { ownerId: projectId, key: text, value: text, externalId: text };
    await create<{ state: { id: string } }>('saveState', input, 'state { id }', ({ state }) =>
      mine.push(oracle.track('state', state.id, live(1, text))),
    );
  }

  async function update(text: string): Promise<void> {
    const record = pick(['task', 'memory'], 'LIVE');
    if (!record) return createTask(text);
    const { id, is, kind } = record;
    const own = kind === 'task' ? { title: text } : { metadata: { note: text }, content: contentOf(count, text) };
    await change(one(record, { text }), name('update', record), { id, version: is.version, ...own });
  }

  async function claim(): Promise<void> {
    const record = pick(['task'], 'LIVE');
    if (record) await change(one(record, {}), 'claimTask', { projectId, id: record.id, agent: `w${writer}` });
  }

  async function remove(): Promise<void> {
    const record = pick(['task', 'memory', 'state'], 'LIVE');
    if (!record) return;
    await change(one(record, { state: 'DELETED' }), name('delete', record), {
      id: record.id,
      version: record.is.version,
    });
  }

  async function restore(): Promise<void> {
    const record = pick(['task', 'memory', 'state'], 'DELETED');
    if (record) await change(one(record, { state: 'LIVE' }), name('restore', record), { id: record.id });
  }

  async function purge(): Promise<void> {
    const record = pick(['task', 'memory'], 'DELETED');
    if (!record) return;
    const { id, is } = record;
    const { token } = await line.read(({ mutate }) => mutate<{ token: string }>('requestPurge', { id }, 'token'));
    await change(one(record, { state: 'PURGED' }), name('purge', record), { id, version: is.version, token });
  }

  async function revert(): Promise<void> {
    const record = pick(['task'], 'LIVE');
    if (!record || record.is.text === record.firstText) return;
    const { id, is, firstText: text } = record;
    await change(one(record, { text }), 'revertRecord', { id, version: is.version, toVersion: 1 });
  }

  /** A conversation is deleted with its memories, and mostly restored with them. */
  async function deleteConversation(text: string): Promise<void> {
    const { memory: first, session } = await saveMemory(`${text} a`, text);
    const { memory: second } = await saveMemory(`${text} b`, text);
    const [now] = await line.read((api) => readOutcomes(api, [session.id]));
    session.is = { ...session.is, version: now!.version };
    const all = (state: Outcome['state']) =>
      new Map([session, first, second].map((each) => [each, { ...each.is, version: each.is.version + 1, state }]));
    await change(all('DELETED'), 'deleteSession', { id: session.id, version: session.is.version });
    if (!session.orElse && random() < 0.7) await change(all('LIVE'), 'restoreSession', { id: session.id });
  }

  return async () => {
    count += 1;
    const text = `w${writer} n${count}`;
    const dice = random();
    if (dice < 0.25) await createTask(text);
    else if (dice < 0.5) mine.push((await saveMemory(text)).memory);
    else if (dice < 0.54) await saveState(text);
    else if (dice < 0.58) await claim();
    else if (dice < 0.78) await update(text);
    else if (dice < 0.86) await remove();
    else if (dice < 0.92) await restore();
    else if (dice < 0.96) await purge();
    else if (dice < 0.98) await revert();
    else await deleteConversation(text);
  };
}

/** Numbers from 0 to 1, the same for the same seed (Mulberry32). */
export function randomOf(start: number): () => number {
  let state = start * 0x9e3779b1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
