import type { AuditActor, AuditChange, AuditEntry } from '../../../services/audit/contract.js';
import { builder } from '../../builder.js';
import { enumOf, OperationEnum } from '../../enums.js';

const AuditActorKindEnum = enumOf<AuditActor['kind']>('AuditActorKind', 'Who made a write.', {
  USER: 'A user, without an API key.',
  KEY: 'An API key.',
  PROGRAM: 'A program that a user let in.',
  LOCAL: "The machine's owner, with the command line.",
  OTHER:
    'A part of the server, such as `retention`; or, from before the server had users, a client by the name that it gave itself.',
});

const AuditChangeRef = builder.objectRef<AuditChange>('AuditChange').implement({
  description: 'What a write did to one field of a record.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'Name of the field.' }),
    isHidden: t.exposeBoolean('isHidden', {
      description:
        "Whether the values are left out: texts and other contents, which are shown to those who may read the record. Then `before` and `after` are null. Fields with hashes, and with anything sealed, aren't among the changes at all.",
    }),
    before: t.expose('before', {
      type: 'JSON',
      nullable: true,
      description: 'The value before the write; null for none.',
    }),
    after: t.expose('after', {
      type: 'JSON',
      nullable: true,
      description: 'The value after the write; null for none.',
    }),
  }),
});

const AuditEntryRef = builder.objectRef<AuditEntry>('AuditEntry').implement({
  description:
    "An entry of the audit: who did what to one record, and when. It is an entry of the server's log or of a project's, without the record's contents.",
  fields: (t) => ({
    seq: t.exposeInt('seq', {
      description: 'Sequence number of the entry in its log; later entries of a log have higher numbers.',
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When the write was committed.' }),
    actor: t.exposeString('actor', {
      description:
        'Who made the write, as the log has it: the id of a user, of an API key or of a consent, or `local`, and after a space what the client said of itself. From before the server had users: what the client said of itself alone. A part of the server writes by its name, such as `retention`.',
    }),
    actorKind: t.field({
      type: AuditActorKindEnum,
      description: 'Who made the write.',
      resolve: ({ by }) => by.kind,
    }),
    actorId: t.id({
      nullable: true,
      description: 'Id of the user, the API key or the consent; null when it was none of them.',
      resolve: ({ by }) => by.id,
    }),
    actorName: t.string({
      nullable: true,
      description:
        'Name that the user or the API key has now, or that the program gave itself; null when it was none of them, or was purged.',
      resolve: ({ by }) => by.name,
    }),
    client: t.string({
      nullable: true,
      description: 'What the client said of itself, such as the name of an agent: a claim. Null when it said nothing.',
      resolve: ({ by }) => by.client,
    }),
    requestId: t.exposeString('requestId', { description: 'Id of the request that made the write.' }),
    collection: t.exposeString('collection', {
      description:
        "Collection of the record: `users`, `roles`, `grants`, `apiKeys`, `outsideKeys`, `secrets`, `projects`, `migrations`, `storageConfigs` and others of the server, or `tasks`, `memories`, `sessions` and `states` of a project. `keyUse` counts a key's requests in a day, `securityEvents` refused credentials and exports in an hour.",
    }),
    recordId: t.exposeID('recordId', { description: 'Id of the record.' }),
    projectId: t.exposeID('projectId', {
      nullable: true,
      description: 'Id of the project that the entry is about; null when it is about none.',
    }),
    version: t.exposeInt('version', {
      description: 'Version of the record after the write; for a purge, the last version it had.',
    }),
    operation: t.expose('operation', { type: OperationEnum, description: 'What the write did to the record.' }),
    summary: t.exposeString('summary', { description: 'What happened, on one line, for people.' }),
    changes: t.expose('changes', {
      type: [AuditChangeRef],
      nullable: true,
      description:
        'What the write changed, of the fields that the audit shows; null for a purge, and when the contents were erased, by a purge or with age (`MOORING_LOG_RETENTION_DAYS`).',
    }),
  }),
});

export const AuditEntryConnection = builder.connectionObject(
  {
    type: AuditEntryRef,
    name: 'AuditEntryConnection',
    description:
      'A page of the audit. One page reads a limited part of the log: with a filter it may have fewer entries than asked for, or none, although `hasNextPage` is true. Continue with `after: pageInfo.endCursor`.',
  },
  { name: 'AuditEntryEdge', description: 'An item and its cursor.' },
);
