import { builder } from '../builder.js';
import type { ServerInfo } from '../context.js';
import { StorageModeEnum } from '../enums.js';

const ServerInfoRef = builder.objectRef<ServerInfo>('ServerInfo').implement({
  description: 'What this server is.',
  fields: (t) => ({
    version: t.exposeString('version', { description: 'Its version.' }),
    storageModes: t.expose('storageModes', {
      type: [StorageModeEnum],
      description: 'The storage modes that a project can have on it.',
    }),
  }),
});

builder.queryType({ description: 'What can be read.' });

builder.queryField('serverInfo', (t) =>
  t.field({ type: ServerInfoRef, description: 'What this server is.', resolve: (_, __, { server }) => server }),
);
