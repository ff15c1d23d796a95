import type { Usage } from '../../domain/usage.js';
import { DEFAULT_DAYS, MAX_DAYS } from '../../services/usage.js';
import { builder } from '../builder.js';
import { ProjectRef } from '../refs.js';

const UsageDayRef = builder.objectRef<Usage>('UsageDay').implement({
  description: 'What the embeddings of a project took on one day with one model that is paid for.',
  fields: (t) => ({
    day: t.exposeString('day', { description: 'The day in UTC, such as `2026-01-31`.' }),
    model: t.exposeString('model', { description: 'The model.' }),
    requests: t.exposeInt('requests', { description: 'How often it was asked.' }),
    tokens: t.exposeFloat('tokens', { description: 'Tokens, as the provider counted them.' }),
    dollars: t.exposeFloat('dollars', {
      nullable: true,
      description: "The tokens at the model's list price, in US dollars; null when that isn't known.",
    }),
  }),
});

builder.objectField(ProjectRef, 'usage', (t) =>
  t.field({
    type: [UsageDayRef],
    description: `What its embeddings took, by day and model, oldest first; at most ${MAX_DAYS} days.`,
    args: {
      from: t.arg.string({
        description: `The first day in UTC, such as \`2026-01-31\`. Left out: ${DEFAULT_DAYS} days before \`to\`.`,
      }),
      to: t.arg.string({ description: 'The last day. Left out: today.' }),
    },
    resolve: ({ id }, range, { services }) => services.usage.ofProject(id, range),
  }),
);
