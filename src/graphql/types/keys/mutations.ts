import { AlreadyExistsError } from '../../../domain/errors.js';
import { SecretRefusedError } from '../../../screening/errors.js';
import {
  DEFAULT_OVERLAP_HOURS,
  MAX_KEY_ADDRESSES,
  MAX_KEY_NAME,
  MAX_KEY_PROJECTS,
  MAX_OVERLAP_HOURS,
  MAX_PER_MINUTE,
} from '../../../services/input/api-key.js';
import type { NewKey, RevokedKeys } from '../../../services/keys/contract.js';
import { grouped } from '../../../util/text/grouped.js';
import { withoutNulls } from '../../arguments.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { UPDATING, VERSIONED } from '../../errors.js';
import { ApiKeyRef } from '../../refs.js';
import { AccessLevelEnum } from '../access/level.js';
import { versionedId } from '../lifecycle-mutations.js';
import { recordPayload } from '../payloads.js';

const NAME = `Name of the key, such as that of the machine that uses it; at most ${MAX_KEY_NAME} characters.`;
const INHERITED = 'Left out: as the key that makes it, if one does; otherwise';

/** The payload of a mutation that makes a key. */
const newKeyPayload = (name: string, apiKey: string) =>
  builder.objectRef<NewKey>(name).implement({
    fields: (t) => ({
      apiKey: t.expose('apiKey', { type: ApiKeyRef, description: apiKey }),
      secret: t.exposeString('secret', {
        description:
          'The key itself, `mor_…`, to be sent as `Authorization: Bearer mor_…` or `x-api-key: mor_…`. This is the only time that it is shown: the server keeps a hash of it.',
      }),
    }),
  });

builder.mutationField('createApiKey', (t) =>
  t.fieldWithInput({
    description:
      'Makes an API key. It may do no more than who makes it: it has no higher level than they have in its projects, and no permission that they lack. A key for another user, or a service key, takes the permission `keys:administer`; a key for a user with the role `OWNER` is made only by such a user. A key can make keys when it has all permissions of its owner, or `keys:administer`.',
    authScopes: { signedIn: true },
    type: newKeyPayload('CreateApiKeyPayload', 'The new key.'),
    errors: { types: [AlreadyExistsError, SecretRefusedError] },
    input: {
      name: t.input.string({ required: true, description: NAME }),
      level: t.input.field({
        type: AccessLevelEnum,
        description: 'The most that it may do in any project. Default: `READ`.',
      }),
      permissions: t.input.stringList({
        description:
          'The permissions that it may use, such as `projects:create`. Default: none. `Viewer.permissions` has yours.',
      }),
      allPermissions: t.input.boolean({
        description: 'Whether it may use all permissions that its owner has, now and later. Default: false.',
      }),
      projectIds: t.input.idList({
        description: `Ids of the projects that it is limited to; at most ${MAX_KEY_PROJECTS}. ${INHERITED} all of its owner's; of a service key, all.`,
      }),
      expiresAt: t.input.field({ type: 'DateTime', description: `When it expires. ${INHERITED} never.` }),
      perMinute: t.input.int({
        description: `The most requests that it may send in a minute, to each server: 1 to ${grouped(MAX_PER_MINUTE)}. ${INHERITED} any number.`,
      }),
      allowedAddresses: t.input.stringList({
        description: `IP addresses, and networks such as \`10.0.0.0/8\`, from which it may be used; at most ${MAX_KEY_ADDRESSES}. ${INHERITED} from all.`,
      }),
      ownerId: t.input.id({ description: 'Id of the user for whom it acts. Default: you.' }),
      isService: t.input.boolean({
        description: 'Whether it is a service key, which has no owner and acts for itself. Default: false.',
      }),
      externalId: t.input.string({
        description:
          "Your own id for it, unique among keys. When a key has it, the result is an `AlreadyExistsError`: its secret can't be shown again.",
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, ({ keys }, author) =>
        keys.create(author, withoutNulls(input) as Parameters<typeof keys.create>[1]),
      ),
  }),
);

builder.mutationField('updateApiKey', (t) =>
  t.fieldWithInput({
    description: "Renames an API key. Its limits can't be changed: make another key.",
    authScopes: { signedIn: true },
    type: recordPayload('UpdateApiKeyPayload', ApiKeyRef, 'The key.'),
    errors: UPDATING,
    input: {
      ...versionedId(t.input, 'key'),
      name: t.input.string({ required: true, description: NAME }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ keys }, author) => ({ record: await keys.update(author, input) })),
  }),
);

builder.mutationField('rotateApiKey', (t) =>
  t.fieldWithInput({
    description:
      'Makes an API key in the place of another, with the same owner, limits and grants. The old one goes on working for a while, so that nothing stops until the new one is in place. What the old key made stays, and belongs to the new one. Its owner, the key itself and the key that made it can rotate it; others need `keys:administer`, and all rights that it has. After a leak, rotate with `overlapHours: 0` or revoke it. A key that is revoked, expired or rotated already is a `ConflictError`.',
    authScopes: { signedIn: true },
    type: newKeyPayload('RotateApiKeyPayload', 'The new key.'),
    errors: VERSIONED,
    input: {
      id: t.input.id({ required: true, description: 'Id of the key to replace.' }),
      overlapHours: t.input.int({
        description: `Hours for which the old key goes on working, if it doesn't expire before: 0 to ${MAX_OVERLAP_HOURS}. Default: ${DEFAULT_OVERLAP_HOURS}.`,
      }),
      expiresAt: t.input.field({
        type: 'DateTime',
        description: 'When the new key expires. Left out: as the old one.',
      }),
    },
    resolve: (_, { input }, context) => write(context, ({ keys }, author) => keys.rotate(author, withoutNulls(input))),
  }),
);

const RevokePayload = builder.objectRef<RevokedKeys>('RevokeApiKeyPayload').implement({
  fields: (t) => ({
    apiKey: t.expose('apiKey', { type: ApiKeyRef, description: 'The key. One that was revoked before is unchanged.' }),
    others: t.expose('others', { type: [ApiKeyRef], description: 'The other keys that this revoked.' }),
  }),
});

builder.mutationField('revokeApiKey', (t) =>
  t.fieldWithInput({
    description:
      'Revokes an API key, at once and for good: its requests are refused, and its connections and streams end, within a second on all servers. Also revoked are the keys that it made, and so on, and those that it replaced. When it was rotated, its replacement stays, and so does what it made. You can revoke the keys that you see.',
    authScopes: { signedIn: true },
    type: RevokePayload,
    errors: { types: [] },
    input: { id: t.input.id({ required: true, description: 'Id of the key.' }) },
    resolve: (_, { input }, context) => write(context, ({ keys }, author) => keys.revoke(author, input)),
  }),
);
