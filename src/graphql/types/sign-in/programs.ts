import { LEVEL } from '../../../domain/access/level.js';
import type { Project } from '../../../domain/project.js';
import { programName } from '../../../domain/sign-in/program-name.js';
import { documentSiteOf, siteOf } from '../../../domain/sign-in/program-site.js';
import type { OAuthClient, OAuthConsent } from '../../../domain/sign-in/records.js';
import { builder } from '../../builder.js';
import { type GraphQLContext, write } from '../../context.js';
import { SIZES } from '../../field-costs.js';
import { listRecords } from '../../lists.js';
import { NodeRef, OAuthConsentRef, ProjectRef } from '../../refs.js';
import { AccessLevelEnum } from '../access/level.js';
import { recordConnection } from '../list-types.js';

/** What a program says of itself. */
const OAuthClientRef = builder.objectRef<OAuthClient>('OAuthClient').implement({
  description: 'A program that asks users to let it in by OAuth.',
  fields: (t) => ({
    clientId: t.exposeString('clientId', {
      description: 'How it is known: the address of a document in which it says what it is, or an id of this server.',
    }),
    name: t.string({
      description: 'The name that it gives itself: anybody may choose any.',
      resolve: ({ name }) => programName(name),
    }),
    documentSite: t.string({
      nullable: true,
      description: 'Host of the document in which it says what it is; null when it registered itself at this server.',
      resolve: ({ clientId }) => documentSiteOf(clientId),
    }),
    answerSites: t.stringList({
      description: "Hosts to which users' answers are sent; `127.0.0.1` and `localhost` are the user's own computer.",
      resolve: ({ redirectUris }) => [...new Set(redirectUris.map(siteOf))],
    }),
  }),
});

OAuthConsentRef.implement({
  description:
    'A program that a user let in, and what it may do: what the user chose, as far as they may do it themselves.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the consent, which the log names as `actor`.' }),
    userId: t.exposeID('userId', { description: 'Id of the user.' }),
    client: t.loadable({
      type: OAuthClientRef,
      nullable: true,
      description: 'The program; null when it is gone.',
      resolve: ({ clientId }: OAuthConsent) => clientId,
      load: (clientIds: string[], { services }: GraphQLContext) =>
        services.programs.clientsOf(clientIds) as Promise<(OAuthClient | null)[]>,
    }),
    level: t.field({
      type: AccessLevelEnum,
      nullable: true,
      description: 'The most that it may do in any project; null: nothing.',
      resolve: ({ level }) => level ?? null,
    }),
    isForAllProjects: t.boolean({
      description: 'Whether it may work in all projects of the user, also in later ones.',
      resolve: ({ projectIds }) => projectIds === null,
    }),
    projects: t.field({
      type: [ProjectRef],
      extensions: SIZES.keyProjects,
      description: 'The projects in which it may work, of those that the caller sees; empty when it is for all.',
      resolve: async ({ projectIds }, _, { levelIn, loaders }) => {
        const ids = (projectIds ?? []).filter((id) => levelIn(id) >= LEVEL.SEE);
        const found = await Promise.all(ids.map((id) => loaders.find('project', id)));
        return found.filter((project): project is Project => project !== null && project.deletedAt === null);
      },
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was let in.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When what it may do was last chosen.' }),
  }),
});

const OAuthConsentConnection = recordConnection(OAuthConsentRef, 'OAuthConsent', 'programs that were let in');

builder.queryField('oauthClients', (t) =>
  t.field({
    type: OAuthConsentConnection,
    description:
      "The programs that the caller let in, newest first. Other users' take `users:administer`. Callers who are no user, and keys that may do less than their owner, get `FORBIDDEN`.",
    authScopes: { signedIn: true },
    args: {
      ...t.arg.connectionArgs(),
      userId: t.arg.id({ description: 'Id of the user. Left out: the caller.' }),
    },
    resolve: async (_, { userId, ...args }, { services, author }) => {
      const repository = await services.programs.of(author, userId ?? null);
      const order = { field: 'createdAt', direction: 'DESC' } as const;
      return listRecords(repository, userId ?? author.principal?.userId ?? 'nobody', args, {
        ...{ filter: {}, deleted: 'EXCLUDE', order },
      });
    },
  }),
);

const RevokeConsentPayload = builder.objectRef<OAuthConsent>('RevokeConsentPayload').implement({
  fields: (t) => ({ revokedId: t.exposeID('id', { description: 'Id of the consent that was revoked.' }) }),
});

builder.mutationField('revokeConsent', (t) =>
  t.fieldWithInput({
    description:
      "Stops a program that the caller let in: at once, with all that it could get further access by. Other users' take `users:administer`, and all rights that the user has.",
    type: RevokeConsentPayload,
    errors: {},
    authScopes: { signedIn: true },
    input: { id: t.input.id({ required: true, description: 'Id of the consent, from `oauthClients`.' }) },
    resolve: (_, { input }, context) => write(context, ({ programs }, author) => programs.stop(author, input)),
  }),
);
