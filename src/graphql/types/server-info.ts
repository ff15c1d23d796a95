import { builder } from '../builder.js';
import type { ServerInfo } from '../context.js';
import { StorageModeEnum } from '../enums.js';

const ServerInfoRef = builder.objectRef<ServerInfo>('ServerInfo').implement({
  description: 'Information about this server.',
  fields: (t) => ({
    version: t.exposeString('version', { description: 'Version of the server.' }),
    storageModes: t.expose('storageModes', {
      type: [StorageModeEnum],
      description: 'Storage modes that are available on the server now.',
    }),
    publicUrl: t.exposeString('publicUrl', {
      nullable: true,
      description: 'Address at which browsers find the server (`MOORING_PUBLIC_URL`); null when it isn’t set.',
    }),
  }),
});

builder.queryField('serverInfo', (t) =>
  t.field({
    type: ServerInfoRef,
    description: 'Information about this server.',
    authScopes: { signedIn: true },
    resolve: (_, __, { server }) => server,
  }),
);
