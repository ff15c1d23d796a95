import type { Line } from './line.js';

/** What searches did so far. */
export interface Searches {
  readonly asked: number;
  /** Answered by words alone, though meaning was asked for. */
  readonly byWordsAlone: number;
}

/** A text that is found by its own word: the seeds have one each, and nobody changes those. */
export const rareWord = (n: number): string => `kestrel${String.fromCharCode(97 + (n % 26))}${n}`;
export const RARE = 20;

/** Searches for records that exist throughout: each search must answer, and find them. */
export function createSearcher(
  line: Line,
  projectId: string,
  faults: string[],
): { readonly searches: Searches; search(): Promise<void> } {
  const searches = { asked: 0, byWordsAlone: 0 };
  interface Answer {
    readonly project: {
      readonly searchMemories: {
        readonly answeredBy: string;
        readonly pending: number;
        readonly hits: readonly { readonly node: { readonly content: string } }[];
      };
    };
  }
  const query = `query ($id: ID!, $word: String!, $mode: SearchMode!) { project(by: { id: $id }) {
    searchMemories(query: $word, first: 5, mode: $mode) { answeredBy pending hits { node { content } } } } }`;

  /** Asks again while nothing is found and the answer says that not all is indexed yet, as right after a flip. */
  async function answerTo(word: string, mode: string): Promise<Answer['project']['searchMemories']> {
    for (;;) {
      const { project } = await line.read(({ ask }) => ask<Answer>(query, { id: projectId, word, mode }));
      const { hits, pending } = project.searchMemories;
      if (hits.length > 0 || pending === 0) return project.searchMemories;
    }
  }

  return {
    searches,
    async search() {
      const word = rareWord(searches.asked % RARE);
      const mode = searches.asked % 2 === 0 ? 'HYBRID' : 'TEXT';
      try {
        const { hits, answeredBy } = await answerTo(word, mode);
        if (answeredBy !== mode) searches.byWordsAlone += 1;
        if (!hits.some(({ node }) => node.content.includes(word)))
          faults.push(`a ${mode} search for ${word} found ${hits.length} others, and not the memory that has it`);
      } catch (error) {
        faults.push(`a ${mode} search failed: ${String(error)}`);
      } finally {
        searches.asked += 1;
      }
    },
  };
}
