import type { Memory } from '../../../domain/memory.js';
import type { Session } from '../../../domain/session.js';
import type { Repositories } from '../../../repositories/project-repositories.js';
import type { Position } from '../../../storage/store.js';
import type { ConversationFormat, ExportFormat } from './contract.js';
import { jsonFormat } from './json.js';
import { markdownFormat } from './markdown.js';

/** A part of an exported conversation; all of them, one after the other, are the document. */
export interface ExportPart {
  readonly text: string;
  /** Its last message; null when it has none. */
  readonly last: Memory | null;
  readonly hasMore: boolean;
}

const FORMATS: Readonly<Record<ExportFormat, ConversationFormat>> = { JSON: jsonFormat, MARKDOWN: markdownFormat };

/** The order of messages. */
export const BY_TIME = { field: 'occurredAt', direction: 'ASC' } as const;
/** The most messages of a part. */
const MOST_MESSAGES = 200;
/** A part ends with the message that reaches this many characters. */
const ENOUGH = 1_048_576;

/** Those of a deleted session are the memories that were deleted with it: another one may have its key now. */
function memoriesOf({ id, key, deletedAt }: Session) {
  return deletedAt === null
    ? ({ filter: { sessionId: key }, deleted: 'EXCLUDE' } as const)
    : ({ filter: { deletedWith: id }, deleted: 'ONLY' } as const);
}

/** Exports the part of a session's conversation that follows a message; null: the first part. */
export async function exportPart(
  { memories }: Pick<Repositories, 'memories'>,
  session: Session,
  format: ExportFormat,
  after: Position | null,
): Promise<ExportPart> {
  const { begin, message, end } = FORMATS[format];
  const page = await memories.list({
    ...memoriesOf(session),
    order: BY_TIME,
    after,
    limit: MOST_MESSAGES,
  });
  let text = after === null ? begin(session) : '';
  let last: Memory | null = null;
  let taken = 0;
  for (const memory of page.items) {
    if (text.length >= ENOUGH) break;
    text += message(memory, after === null && last === null);
    last = memory;
    taken += 1;
  }
  const hasMore = page.hasMore || taken < page.items.length;
  return { text: hasMore ? text : text + end(session), last, hasMore };
}
