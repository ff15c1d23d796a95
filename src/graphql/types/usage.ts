import type { Usage } from '../../domain/usage.js';
import { DEFAULT_DAYS, MAX_DAYS } from '../../services/usage.js';
import { builder } from '../builder.js';
import { ProjectRef } from '../refs.js';

const UsageDayRef = builder.objectRef<Usage>('UsageDay').implement({
  description: "A project's use of one paid embedding model on one day.",
  fields: (t) => ({
    day: t.exposeString('day', { description: 'The day, in UTC, such as `2026-01-31`.' }),
    model: t.exposeString('model', { description: 'Name of the model.' }),
    requests: t.exposeInt('requests', { description: 'Number of requests to the provider.' }),
    tokens: t.exposeFloat('tokens', { description: 'Number of tokens, as counted by the provider.' }),
    dollars: t.exposeFloat('dollars', {
      nullable: true,
      description:
        'Estimated cost of the tokens, in US dollars, at the list price known to the server when the tokens were used, without discounts or free tokens. Null when the server has no price for the model.',
    }),
  }),
});

builder.objectField(ProjectRef, 'usage', (t) =>
  t.field({
    type: [UsageDayRef],
    description: `The project's use of paid embedding models (those of Voyage AI), by day and model, oldest first; at most ${MAX_DAYS} days at a time.`,
    args: {
      from: t.arg.string({
        description: `First day, in UTC, such as \`2026-01-31\`. Left out: ${DEFAULT_DAYS} days before \`to\`.`,
      }),
      to: t.arg.string({ description: 'Last day, in UTC, inclusive. Left out: today.' }),
    },
    resolve: ({ id }, range, { services }) => services.usage.ofProject(id, range),
  }),
);
