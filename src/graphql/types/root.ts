import { builder } from '../builder.js';

builder.queryType({ description: 'Everything that can be read.' });

builder.mutationType({
  description: 'Everything that can be written. Each mutation returns its payload, or the error that prevented it.',
});

builder.subscriptionType({
  description: 'Streams of live events. With a cursor, a stream first delivers what was missed since.',
});
