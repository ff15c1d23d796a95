import { createRequire } from 'node:module';
import type { Finding, Rule } from './finding.js';
import { isPlaceholder } from './values.js';

/**
 * The rules that secretlint recommends. Others keep them up to date with the services whose tokens they know. They are
 * called as secretlint calls them, but on the parts of a text that have a trigger of theirs.
 */

type Translator = (id: string, data?: unknown) => { readonly messageId: string };
interface Reported {
  readonly message: { readonly messageId: string };
  readonly range: readonly [start: number, end: number];
}
interface Context {
  readonly createTranslator: () => Translator;
  readonly report: (reported: Reported) => void;
}
interface Source {
  readonly content: string;
}
export interface MaintainedRule {
  readonly meta: { readonly id: string };
  readonly messages?: { readonly [id: string]: unknown };
  readonly create: (context: Context, options: object) => { readonly file: (source: Source) => unknown };
}

interface Use {
  readonly triggers: readonly string[];
  /** How far from the start of a trigger its secret may start and end. */
  readonly before: number;
  readonly after: number;
  /** Our names of what the rule reports, by the id of its message. A message without one is no secret. */
  readonly names: { readonly [messageId: string]: string };
  readonly options?: object;
}

const PREFIX = '@secretlint/secretlint-rule-';

/** The rules in use, by the end of their id. */
export const USED: { readonly [id: string]: Use } = {
  aws: {
    triggers: ['a3t', 'akia', 'agpa', 'aida', 'aroa', 'aipa', 'anpa', 'anva', 'asia'],
    before: 0,
    after: 24,
    // Its other messages have no name: account ids aren't secret, and for secret keys it reports the place of the name
    // before them. Those are found by that name, in assignments.ts.
    names: { AWSAccessKeyID: 'aws-access-key' },
    options: { enableIDScanRule: true },
  },
  npm: { triggers: ['npm_'], before: 0, after: 64, names: { NPM_ACCESS_TOKEN: 'npm-token' } },
  slack: {
    triggers: ['xoxb-', 'xoxp-', 'xapp-', 'xoxa-', 'xoxo-', 'xoxr-', 'hooks.slack.com/services'],
    before: 8,
    after: 300,
    names: { SLACK_TOKEN: 'slack-token', IncomingWebhook: 'slack-webhook' },
  },
  shopify: {
    triggers: ['shppa_', 'shpca_', 'shpat_', 'shpss_'],
    before: 0,
    after: 80,
    names: { SHOPIFY_KEY: 'shopify-key' },
  },
  github: {
    triggers: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    before: 0,
    after: 100,
    names: { GITHUB_TOKEN: 'github-token' },
  },
  openai: { triggers: ['sk-'], before: 0, after: 200, names: { OPENAI_TOKEN: 'openai-key' } },
  anthropic: { triggers: ['sk-ant-api0'], before: 0, after: 160, names: { ANTHROPIC_API_KEY: 'anthropic-key' } },
  linear: { triggers: ['lin_api_'], before: 0, after: 140, names: { LINEAR_API_TOKEN: 'linear-key' } },
  '1password': { triggers: ['ops_ey'], before: 0, after: 1_300, names: { OPS_TOKEN: '1password-token' } },
};

/** Those that aren't used, and why. */
export const UNUSED: { readonly [id: string]: string } = {
  privatekey: 'private-keys.ts finds all that it does, and keys that are cut off',
  basicauth: 'urls.ts finds more passwords, and leaves the rest of the address',
  'database-connection-string': 'urls.ts finds more passwords, and leaves the rest of the address',
  sendgrid: 'tokens.ts finds all that it does, in fewer steps',
  gcp: 'it reads files, whose private key private-keys.ts finds',
  'filter-comments': 'a text may not turn the scanner off',
};

/** Loads them at the first use: most texts have no trigger, and they take 15 ms. */
export function loadMaintained(): readonly MaintainedRule[] {
  const require = createRequire(import.meta.url);
  return (require(`${PREFIX}preset-recommend`) as { rules: readonly MaintainedRule[] }).rules;
}

export const maintainedRules: readonly Rule[] = Object.entries(USED).map(([id, use]) => {
  let check: ((content: string) => readonly Reported[]) | null = null;
  return {
    triggers: use.triggers,
    scan: (text, hits, report) => {
      for (const { start, end } of partsAround(text, hits, use)) {
        check ??= checkOf(id, use.options ?? {});
        // Letters of other scripts are no part of a token, but would end these rules' search for one: `密码ghp_…`.
        const content = text.slice(start, end).replace(/[^\0-\x7f]/g, ' ');
        for (const { message, range } of check(content)) {
          const rule = use.names[message.messageId];
          if (!rule || isNoSecret(content.slice(...range))) continue;
          report({ rule, start: start + range[0], end: start + range[1] });
        }
      }
    },
  };
});

/** What has the form of a token only: examples, and names of variables such as those of npm, `npm_config_…`. */
function isNoSecret(value: string): boolean {
  return isPlaceholder(value) || /^[a-z]+(?:_[a-z]+){2,}$/.test(value);
}

function checkOf(id: string, options: object): (content: string) => readonly Reported[] {
  const creator = loadMaintained().find(({ meta }) => meta.id === `${PREFIX}${id}`);
  if (!creator)
    throw new Error(`The rules of secretlint have none for ${id}. Install the version that package.json names.`);
  let reported: Reported[] = [];
  const { file } = creator.create(
    { createTranslator: () => (messageId) => ({ messageId }), report: (each) => reported.push(each) },
    options,
  );
  return (content) => {
    reported = [];
    file({ content });
    return reported;
  };
}

/** The parts of a text around triggers. Parts that overlap are one, so that no part of a text is read twice. */
function partsAround(text: string, hits: readonly number[], { before, after }: Use): Pick<Finding, 'start' | 'end'>[] {
  const parts: { start: number; end: number }[] = [];
  for (const hit of hits) {
    // One more, which tells whether a word starts there.
    const start = Math.max(0, hit - before - 1);
    const end = Math.min(text.length, hit + after);
    const last = parts.at(-1);
    if (last && start <= last.end) last.end = end;
    else parts.push({ start, end });
  }
  return parts;
}
