import type { Memory } from '../../../domain/memory.js';
import type { Session } from '../../../domain/session.js';

export type ExportFormat = 'JSON' | 'MARKDOWN';

/** A format of exported conversations. What it returns, one after the other, is the document. */
export interface ConversationFormat {
  begin(session: Session): string;
  /** @param isFirst whether it is the first of the conversation */
  message(memory: Memory, isFirst: boolean): string;
  end(session: Session): string;
}
