/** A change of a text: at an offset, some text is replaced. The edits of a list follow each other. */
export interface Edit {
  readonly offset: number;
  readonly removed: string;
  readonly inserted: string;
}

/** The text after the edits, one after the other. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits.reduce(
    (before, { offset, removed, inserted }) =>
      before.slice(0, offset) + inserted + before.slice(offset + removed.length),
    text,
  );
}

/** The text before the edits, from the one after them. */
export function revertEdits(text: string, edits: readonly Edit[]): string {
  return applyEdits(
    text,
    edits.toReversed().map(({ offset, removed, inserted }) => ({ offset, removed: inserted, inserted: removed })),
  );
}

/** How its lines end; a text of one line gets `\n`. */
export function lineBreakOf(text: string): string {
  return /\r\n|\n/.exec(text)?.[0] ?? '\n';
}

/** The offset at which the line begins that has this offset. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where an offset is, for people: both count from 1. */
export function positionOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  return { line: text.slice(0, offset).split('\n').length, column: offset - lineStart(text, offset) + 1 };
}
