import type { Embedder, Passage } from '../../embedding/embedder.js';
import { BLANK, blankEscapes, withoutEscapes } from '../../util/text/escape-sequences.js';
import { MAX_QUERY } from '../search.js';

/**
 * Embeds texts as a terminal shows them: escape sequences aren't embedded, and no passage begins or ends within one. Passages
 * are offsets in the stored text. A query is cut to the length that the text search reads.
 */
export function createPlainEmbedder(embedder: Embedder): Embedder {
  return {
    model: embedder.model,
    async passages(text) {
      const blanked = blankEscapes(text);
      const passages = await embedder.passages(blanked);
      return blanked === text ? passages : passages.map((passage) => trim(blanked, passage)).filter(isSome);
    },
    embedDocuments: (texts, answered) => embedder.embedDocuments(texts.map(withoutEscapes), answered),
    embedQuery: (text) => embedder.embedQuery(withoutEscapes(text.slice(0, MAX_QUERY))),
    close: () => embedder.close(),
  };
}

/** Removes the blanks at its ends, which may be part of a sequence. */
function trim(blanked: string, passage: Passage): Passage {
  let { start, end } = passage;
  while (start < end && isBlank(blanked[start]!)) start += 1;
  while (start < end && isBlank(blanked[end - 1]!)) end -= 1;
  return { start, end };
}

const isBlank = (character: string): boolean => character === BLANK || /\s/.test(character);
const isSome = ({ start, end }: Passage): boolean => start < end;
