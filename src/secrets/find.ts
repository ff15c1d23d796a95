import { assignments } from './assignments.js';
import { type Finding, mergeFindings, type Rule } from './finding.js';
import { headers } from './headers.js';
import { maintainedRules } from './maintained.js';
import { privateKeys } from './private-keys.js';
import { tokenRules } from './tokens.js';
import { createTriggers } from './triggers.js';
import { urls } from './urls.js';

/** The most certain first: it names what several find. */
const RULES: readonly Rule[] = [...privateKeys, ...maintainedRules, ...tokenRules, urls, ...headers, assignments];

const TRIGGERS = [...new Set(RULES.flatMap(({ triggers }) => triggers))];
const OF_TRIGGER: readonly (readonly number[])[] = TRIGGERS.map((trigger) =>
  RULES.flatMap((rule, index) => (rule.triggers.includes(trigger) ? [index] : [])),
);
const triggers = createTriggers(TRIGGERS);

/**
 * The secrets in a text: tokens of known services, private keys, passwords in addresses and headers, and values of
 * names such as `password` that look like one. They are ordered and don't overlap.
 *
 * Takes time proportional to the length of the text, whatever is in it: one pass looks for triggers, and rules read around those.
 */
export function findSecrets(text: string): readonly Finding[] {
  const hits = new Map<number, number[]>();
  triggers.find(text, (trigger, start) => {
    for (const rule of OF_TRIGGER[trigger]!) {
      const starts = hits.get(rule);
      if (starts) starts.push(start);
      else hits.set(rule, [start]);
    }
  });
  return hits.size === 0 ? [] : scan(text, hits);
}

function scan(text: string, hits: ReadonlyMap<number, number[]>): readonly Finding[] {
  const reported: Finding[] = [];
  for (const rule of [...hits.keys()].sort((a, b) => a - b)) {
    const starts = hits.get(rule)!.sort((a, b) => a - b);
    RULES[rule]!.scan(text, starts, (finding) => reported.push(finding));
  }
  return mergeFindings(reported);
}

/** How many secrets a text has. */
export function countSecrets(text: string): number {
  return findSecrets(text).length;
}
