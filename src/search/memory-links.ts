/** What the live memories refer to, and which of them every context begins with. */
export interface MemoryLinks {
  /** The memories that reference a record, in the order of their ids, from after an id. */
  referencing(id: string, afterId: string | null, limit: number): readonly string[];
  countReferencing(id: string): number;
  /** The pinned memories that aren't superseded, newest first. */
  pinned(limit: number): readonly string[];
  /** The decisions that aren't superseded, newest first. */
  decisions(limit: number): readonly string[];
}
