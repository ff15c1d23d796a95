import type { Redaction } from '../../../domain/fields/redaction.js';
import { builder } from '../../builder.js';

export const RedactionRef = builder.objectRef<Redaction>('Redaction').implement({
  description: 'Secrets that were replaced by `[redacted: RULE]` in texts before they were saved.',
  fields: (t) => ({
    rule: t.exposeString('rule', { description: 'Name of the rule that found them, such as `github-token`.' }),
    count: t.exposeInt('count', { description: 'How many there are.' }),
  }),
});
