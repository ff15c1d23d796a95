/** A secret in a text, or several that overlap. */
export interface Finding {
  /** What it is, such as `github-token`. */
  readonly rule: string;
  /** Where it starts and ends, in UTF-16 code units. The end is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** A kind of secret, and how to find it where one of its triggers is. */
export interface Rule {
  /** Texts of which each secret of this kind has one, in lower case. Only texts that have one, in any case, are looked at. */
  readonly triggers: readonly string[];
  /** Reports the secrets of this kind. `hits` has the start of each trigger, ascending. */
  readonly scan: (text: string, hits: readonly number[], report: (finding: Finding) => void) => void;
}

/** A rule that looks at each trigger by itself. What `find` reads has to be bounded: a text may consist of triggers. */
export function atEachTrigger(triggers: readonly string[], find: (text: string, at: number) => Finding | null): Rule {
  return {
    triggers,
    scan: (text, hits, report) => {
      let end = 0;
      for (const at of hits) {
        const found = at < end ? null : find(text, at);
        if (!found) continue;
        report(found);
        end = found.end;
      }
    },
  };
}

/**
 * Findings in the order of the text. Those that overlap become one, named by the one reported first: rules that know a
 * secret by its form come before those that know it by its name.
 */
export function mergeFindings(reported: readonly Finding[]): readonly Finding[] {
  if (reported.length < 2) return reported;
  const order = new Map(reported.map((finding, index) => [finding, index]));
  const sorted = [...reported].sort((a, b) => a.start - b.start || order.get(a)! - order.get(b)!);
  const merged: { finding: Finding; rank: number }[] = [];
  for (const finding of sorted) {
    const last = merged.at(-1);
    const rank = order.get(finding)!;
    if (!last || finding.start >= last.finding.end) merged.push({ finding, rank });
    else {
      const rule = rank < last.rank ? finding.rule : last.finding.rule;
      last.finding = { rule, start: last.finding.start, end: Math.max(last.finding.end, finding.end) };
      last.rank = Math.min(rank, last.rank);
    }
  }
  return merged.map(({ finding }) => finding);
}
