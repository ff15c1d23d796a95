import { MigrationStateError } from '../../../domain/errors.js';
import type { SecretScan } from '../../../services/secrets/contract.js';
import type { RuleCount, SecretFinding } from '../../../services/secrets/findings.js';
import { withoutNulls } from '../../arguments.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { COSTS } from '../../field-costs.js';

const RULE = 'Name of the rule that found them, such as `github-token`.';

const RuleCountRef = builder.objectRef<RuleCount>('SecretRuleCount').implement({
  description: 'How often a rule found secrets.',
  fields: (t) => ({
    rule: t.exposeString('rule', { description: RULE }),
    records: t.exposeInt('records', { description: 'Number of records that have such secrets.' }),
    entries: t.exposeInt('entries', {
      description: 'Number of entries of the log that have such secrets in what a record was before.',
    }),
  }),
});

const FindingRef = builder.objectRef<SecretFinding>('SecretFinding').implement({
  description: 'Secrets of one kind in a field of a record. The secrets themselves are never shown.',
  fields: (t) => ({
    recordId: t.exposeID('recordId', { description: 'Id of the record, which may be deleted.' }),
    field: t.exposeString('field', { description: 'Name of the field.' }),
    rule: t.exposeString('rule', { description: RULE }),
    count: t.exposeInt('count', {
      description: 'Number of such secrets in the field; if only the history has them, the most that it had.',
    }),
    isCurrent: t.exposeBoolean('isCurrent', {
      description: 'Whether the record had them when the scan came to it; false when only its history has them.',
    }),
    entries: t.exposeInt('entries', {
      description:
        'Number of entries of the log that have them in what the record was before. A redaction adds one, and redacts it.',
    }),
    obstacle: t.exposeString('obstacle', {
      nullable: true,
      description: "Why they can't be redacted, and what to do instead; null when they can.",
    }),
  }),
});

const ScanSecretsPayload = builder.objectRef<SecretScan>('ScanSecretsPayload').implement({
  description:
    'Result of `scanSecrets` when it succeeds. All counts are of this call alone: add up those of the calls that continue it.',
  fields: (t) => ({
    recordsScanned: t.exposeInt('recordsScanned', {
      description: 'Number of records that were searched, the project itself and deleted ones included.',
    }),
    entriesScanned: t.exposeInt('entriesScanned', { description: 'Number of entries of the log that were searched.' }),
    recordsRedacted: t.exposeInt('recordsRedacted', { description: 'Number of records that were redacted.' }),
    entriesRedacted: t.exposeInt('entriesRedacted', {
      description: 'Number of entries of the log in which what a record was before was redacted.',
    }),
    recordsLeft: t.exposeInt('recordsLeft', {
      description: "Number of records with secrets that can't be redacted: see `SecretFinding.obstacle`.",
    }),
    entriesLeft: t.exposeInt('entriesLeft', {
      description: 'The same of entries of the log.',
    }),
    rules: t.expose('rules', { type: [RuleCountRef], description: 'How often each rule found secrets, by its name.' }),
    findings: t.expose('findings', {
      type: [FindingRef],
      description: 'The first 100 findings: of records first, then those of the log alone.',
    }),
    hasMoreFindings: t.exposeBoolean('hasMoreFindings', { description: 'Whether there are more than are listed.' }),
    problem: t.exposeString('problem', {
      nullable: true,
      description:
        'What still has texts from before they were redacted, why, and what to do; null when they were erased everywhere.',
    }),
    after: t.exposeString('after', {
      nullable: true,
      description:
        'Where the call ended because its time was up: pass it as `after` to continue. Null when the project was searched to its end.',
    }),
  }),
});

builder.mutationField('scanSecrets', (t) =>
  t.fieldWithInput({
    extensions: COSTS.scan,
    description:
      "Searches a project for secrets that were saved in it, such as tokens and passwords: its own record, its tasks, memories, sessions and states, deleted ones included, and what the log has of their earlier versions. With `redact`, each is replaced by a marker such as `[redacted: github-token]`, in a new version of the record and in the log; this can't be undone. A call works for about 20 seconds, then returns `after`. If it is interrupted, repeat it: what is redacted stays so.",
    type: ScanSecretsPayload,
    errors: { types: [MigrationStateError] },
    authScopes: (_, { input }) => ({ manages: input.projectId }),
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      redact: t.input.boolean({
        defaultValue: false,
        description:
          'Replace what is found, whatever the policy of the project. Not possible during a migration, nor before it is finalized or rolled back: the other place would keep the secrets.',
      }),
      after: t.input.string({
        description: 'Where an earlier scan of the project ended: its `after`. Default: start from the beginning.',
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, ({ secrets }, author) => secrets.scan(author, withoutNulls(input))),
  }),
);
