import { atEachTrigger, type Rule } from './finding.js';
import { continuesWord, endOfMatch } from './patterns.js';
import { isPlaceholder } from './values.js';

/**
 * Tokens that services give a prefix, apart from those of the maintained rules (`maintained.ts`). A secret starts with one of the prefixes, in
 * this case, and goes on by the pattern. Patterns have one way to match, so that they can't backtrack.
 */
const TOKENS: readonly (readonly [rule: string, prefixes: readonly string[], rest: RegExp])[] = [
  // Mooring's own: keys of users and agents; what the machine's owner, and the first administrator, show instead.
  ['mooring-key', ['mor_'], /[A-Za-z0-9]{49,64}/y],
  ['mooring-token', ['mol_'], /(?:[\w-]{1,80}\.){1,4}[\w-]{40,100}/y],
  ['mooring-token', ['mooring-setup-'], /[A-Za-z2-7]{26,32}/y],
  ['anthropic-key', ['sk-ant-'], /[a-z]{2,10}\d{0,4}-[\w-]{30,200}/y],
  ['openrouter-key', ['sk-or-'], /v\d-[a-f0-9]{40,80}/y],
  ['openai-key', ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-None-'], /[\w-]{40,300}/y],
  ['openai-key', ['sk-'], /[A-Za-z0-9]{32,128}/y],
  [
    'stripe-key',
    ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'sk_org_live_', 'sk_org_test_'],
    /[A-Za-z0-9]{16,250}/y,
  ],
  ['stripe-key', ['whsec_'], /[A-Za-z0-9+/]{24,100}={0,2}/y],
  ['google-api-key', ['AIza'], /[\w-]{35}/y],
  ['google-api-key', ['AQ.Ab'], /[\w-]{40,60}/y],
  ['google-oauth-token', ['GOCSPX-'], /[\w-]{28}/y],
  ['google-oauth-token', ['ya29.'], /[\w-]{30,400}/y],
  ['google-oauth-token', ['1//0'], /[\w-]{40,200}/y],
  ['aws-bedrock-key', ['ABSKQmVkcm9ja0FQSUtleS', 'bedrock-api-key-'], /[A-Za-z0-9+/]{40,2000}={0,2}/y],
  ['github-token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], /[A-Za-z0-9]{36,251}/y],
  ['github-token', ['github_pat_'], /\w{60,251}/y],
  // Of an installation: the number of the application, and a JWT.
  ['github-token', ['ghs_'], /\d{1,20}_eyJ[\w.-]{60,2000}/y],
  [
    'gitlab-token',
    [
      'glpat-',
      'gldt-',
      'glrt-',
      'glrtr-',
      'glcbt-',
      'glptt-',
      'glft-',
      'gloas-',
      'glsoat-',
      'glffct-',
      'glimt-',
      'glagent-',
    ],
    /[\w.-]{20,300}/y,
  ],
  ['gitlab-token', ['GR1348941'], /[\w-]{20}/y],
  ['huggingface-token', ['hf_'], /[A-Za-z0-9]{30,60}/y],
  ['groq-key', ['gsk_'], /[A-Za-z0-9]{40,80}/y],
  ['cerebras-key', ['csk-'], /[a-z0-9]{40,60}/y],
  ['together-key', ['tgp_v1_'], /[\w-]{40,60}/y],
  ['fireworks-key', ['fw_'], /(?=[A-Za-z]{0,20}\d)[A-Za-z0-9]{22,32}(?![\w+/=-])/y],
  ['tavily-key', ['tvly-'], /(?:dev-|prod-)?(?=[A-Za-z-]{0,30}\d)[A-Za-z0-9-]{24,64}/y],
  ['firecrawl-key', ['fc-'], /[a-f0-9]{32}/y],
  ['elevenlabs-key', ['sk_'], /[a-f0-9]{48}/y],
  ['langfuse-key', ['sk-lf-'], /[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}/y],
  ['wandb-key', ['wandb_v1_'], /\w{50,100}/y],
  ['xai-key', ['xai-'], /[A-Za-z0-9]{60,120}/y],
  ['perplexity-key', ['pplx-'], /[A-Za-z0-9]{40,80}/y],
  ['replicate-token', ['r8_'], /[A-Za-z0-9]{37,40}/y],
  ['voyage-key', ['pa-'], /[\w-]{40,60}/y],
  ['nvidia-key', ['nvapi-'], /[\w-]{60,100}/y],
  ['pinecone-key', ['pcsk_'], /\w{50,100}/y],
  ['langsmith-key', ['lsv2_pt_', 'lsv2_sk_'], /[a-f0-9]{32}_[a-f0-9]{10}/y],
  ['notion-token', ['ntn_'], /[A-Za-z0-9]{40,60}/y],
  ['notion-token', ['secret_'], /(?=[A-Za-z]{0,40}\d)[A-Za-z0-9]{43}/y],
  ['resend-key', ['re_'], /[A-Za-z0-9]{6,12}_(?=[A-Za-z]{0,20}\d)[A-Za-z0-9]{20,32}/y],
  ['brevo-key', ['xkeysib-', 'xsmtpsib-'], /[a-f0-9]{64}-[A-Za-z0-9]{16}/y],
  ['sendgrid-key', ['SG.'], /[\w-]{16,32}\.[\w-]{32,64}/y],
  ['npm-token', ['npm_'], /[A-Za-z0-9]{36,100}/y],
  ['pypi-token', ['pypi-AgE'], /[\w-]{50,400}/y],
  ['rubygems-key', ['rubygems_'], /[a-f0-9]{48}/y],
  ['nuget-key', ['oy2'], /[a-z0-9]{43}(?![\w+/=-])/y],
  ['crates-token', ['cio'], /(?=[A-Za-z]{0,30}\d)[A-Za-z0-9]{32}(?![\w+/=-])/y],
  ['artifactory-key', ['AKCp', 'cmVmdGtuOj'], /[A-Za-z0-9]{45,80}/y],
  ['vercel-token', ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], /(?=[A-Za-z]{0,20}\d)[A-Za-z0-9]{24,64}(?![\w+/=-])/y],
  ['netlify-token', ['nfp_'], /[A-Za-z0-9]{36,40}/y],
  ['fly-token', ['fo1_'], /[\w-]{43}/y],
  ['fly-token', ['fm1a_', 'fm1r_', 'fm2_'], /[\w+/-]{80,4000}={0,3}/y],
  ['render-key', ['rnd_'], /(?=[A-Za-z]{0,25}\d)[A-Za-z0-9]{28,40}/y],
  ['heroku-key', ['HRKU-'], /[\w-]{36,80}/y],
  ['cloudflare-token', ['cfut_', 'cfat_', 'cfk_'], /[A-Za-z0-9]{40,64}/y],
  ['neon-key', ['napi_'], /[a-z0-9]{40,80}/y],
  ['mongodb-key', ['mdb_sa_sk_'], /[\w-]{30,64}/y],
  ['pulumi-token', ['pul-'], /[a-f0-9]{40}/y],
  ['honeycomb-key', ['hcaik_', 'hcxik_'], /[a-z0-9]{50,70}/y],
  ['posthog-key', ['phx_'], /[A-Za-z0-9]{40,50}/y],
  ['bitbucket-token', ['ATBB'], /(?=[A-Za-z]{0,20}\d)[A-Za-z0-9]{28,36}/y],
  ['clickup-token', ['pk_'], /\d{5,12}_[A-Z0-9]{32}/y],
  ['dropbox-token', ['sl.'], /(?:u\.)?[\w-]{120,2000}/y],
  ['braintree-token', ['access_token$'], /(?:production|sandbox)\$[a-z0-9]{16}\$[a-f0-9]{32}/y],
  ['docker-token', ['dckr_pat_', 'dckr_oat_'], /[\w-]{27,64}/y],
  ['vault-token', ['hvs.', 'hvb.', 'hvr.'], /[\w-]{24,300}/y],
  ['digitalocean-token', ['dop_v1_', 'doo_v1_', 'dor_v1_'], /[a-f0-9]{64}/y],
  ['databricks-token', ['dapi'], /[a-f0-9]{32}(?:-\d)?/y],
  ['atlassian-token', ['ATATT3', 'ATCTT3'], /[\w=-]{60,300}/y],
  ['postman-key', ['PMAK-'], /[a-f0-9]{24}-[a-f0-9]{34}/y],
  ['new-relic-key', ['NRAK-'], /[A-Z0-9]{27}/y],
  ['sentry-token', ['sntrys_', 'sntryu_'], /[\w+/=-]{40,400}/y],
  ['grafana-token', ['glsa_', 'glc_'], /[\w+/=]{32,400}/y],
  ['figma-token', ['figd_'], /[\w-]{38,64}/y],
  ['1password-token', ['ops_eyJ'], /[\w+/=-]{100,4000}/y],
  ['linear-key', ['lin_oauth_'], /[A-Za-z0-9]{32,128}/y],
  ['supabase-token', ['sbp_', 'sb_secret_'], /[\w-]{30,64}/y],
  ['planetscale-password', ['pscale_pw_', 'pscale_tkn_', 'pscale_oauth_'], /[\w.=-]{32,64}/y],
  ['doppler-token', ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.'], /[\w.-]{40,64}/y],
  ['square-token', ['sq0atp-', 'sq0csp-'], /[\w-]{22,43}/y],
  ['mailgun-key', ['key-'], /[a-f0-9]{32}/y],
  ['tailscale-key', ['tskey-auth-', 'tskey-api-', 'tskey-client-'], /[\w-]{20,100}/y],
  ['slack-token', ['xoxe-', 'xoxe.', 'xoxs-', 'xoxd-', 'xoxc-'], /[\w.%-]{20,300}/y],
  ['slack-webhook', ['hooks.slack.com/workflows/', 'hooks.slack.com/triggers/'], /[\w/]{30,200}/y],
  ['teams-webhook', ['webhook.office.com/webhookb2/'], /[\w@/-]{60,300}/y],
  // `{"auths":` in base64, as in secrets of Kubernetes.
  ['credentials', ['eyJhdXRocyI6'], /[A-Za-z0-9+/]{20,16384}={0,2}/y],
  ['slack-token', ['xapp-'], /\d-[A-Za-z0-9]{6,20}-\d{6,20}-[a-f0-9]{32,80}/y],
  ['age-key', ['AGE-SECRET-KEY-1'], /[A-Z0-9]{58}/y],
  ['discord-webhook', ['/api/webhooks/'], /\d{15,22}\/[\w-]{50,100}/y],
];

/** Those with a sign of their service in their middle: how they begin before it, and go on after it. */
const INNER: readonly (readonly [rule: string, sign: string, before: RegExp, rest: RegExp])[] = [
  ['terraform-token', '.atlasv1.', /(?<!\w)[A-Za-z0-9]{14}$/, /[\w-]{60,70}/y],
  ['azure-devops-token', 'AZDO', /(?<!\w)[A-Za-z0-9]{76}$/, /[A-Za-z0-9]{4}(?!\w)/y],
  ['azure-key', 'JQQJ99', /(?<!\w)[A-Za-z0-9]{52}$/, /[A-Za-z0-9]{26}(?!\w)/y],
  ['azure-key', 'AzFu', /(?<![\w/+])[\w/+-]{36,48}$/, /[\w/+-]{5,12}={2}/y],
];
/** The most characters before a sign, and one more that tells whether a word starts there. */
const BEFORE_SIGN = 77;

/** Header and payload are JSON, so that both begin with `eyJ`. An encrypted one has five parts, and only its header is JSON. */
const JWT =
  /eyJ[\w-]{8,4096}\.(?:eyJ[\w-]{4,65536}\.[\w-]{16,2048}|[\w-]{0,2048}\.[\w-]{8,64}\.[\w-]{4,65536}\.[\w-]{16,64})/y;

export const tokenRules: readonly Rule[] = [
  ...TOKENS.flatMap(([rule, prefixes, rest]) =>
    prefixes.map((prefix) =>
      atEachTrigger([prefix.toLowerCase()], (text, at) => {
        if (!text.startsWith(prefix, at) || (prefix[0] !== '/' && continuesWord(text, at))) return null;
        const start = at + prefix.length;
        const end = endOfMatch(rest, text, start);
        return end === -1 || isPlaceholder(text.slice(start, end)) ? null : { rule, start: at, end };
      }),
    ),
  ),
  ...INNER.map(([rule, sign, before, rest]) =>
    atEachTrigger([sign.toLowerCase()], (text, at) => {
      const end = text.startsWith(sign, at) ? endOfMatch(rest, text, at + sign.length) : -1;
      const begin = end === -1 ? null : before.exec(text.slice(Math.max(0, at - BEFORE_SIGN), at));
      return begin && { rule, start: at - begin[0].length, end };
    }),
  ),
  atEachTrigger(['eyj'], (text, at) => {
    if (continuesWord(text, at) || text[at - 1] === '-') return null;
    const end = endOfMatch(JWT, text, at);
    return end === -1 ? null : { rule: 'jwt', start: at, end };
  }),
  // Of the bots of Telegram: the number of the bot, and 35 characters that begin with AA.
  atEachTrigger([':aa'], (text, at) => {
    const end = endOfMatch(/:AA[\w-]{33}/y, text, at);
    if (end === -1) return null;
    const number = /(?<!\d)\d{8,10}$/.exec(text.slice(Math.max(0, at - 11), at));
    return number ? { rule: 'telegram-token', start: at - number[0].length, end } : null;
  }),
  // Of Mailchimp: the data center follows.
  atEachTrigger(
    [...'123456789'].map((digit) => `-us${digit}`),
    (text, at) => {
      const key = /(?<!\w)[a-f0-9]{32}$/.exec(text.slice(Math.max(0, at - 33), at));
      const end = key ? endOfMatch(/-us\d{1,2}(?!\w)/y, text, at) : -1;
      return end === -1 ? null : { rule: 'mailchimp-key', start: at - 32, end };
    },
  ),
  // Of an application in Azure: three characters, a digit, and then this.
  atEachTrigger(
    [...'0123456789'].map((digit) => `${digit}q~`),
    (text, at) => {
      const start = at - 3;
      const end = start < 0 ? -1 : endOfMatch(/[\w.~-]{3}\dQ~[\w.~-]{31,34}/y, text, start);
      return end === -1 ? null : { rule: 'azure-client-secret', start, end };
    },
  ),
];
