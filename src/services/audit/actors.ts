import type { ApiKey } from '../../domain/access/api-key.js';
import type { User } from '../../domain/access/user.js';
import { parseCatalogId } from '../../domain/id.js';
import type { OAuthConsent } from '../../domain/sign-in/records.js';
import { apiKeys, users } from '../../storage/account-collections.js';
import { oauthConsents } from '../../storage/sign-in-collections.js';
import type { Store } from '../../storage/store.js';
import { listAll } from '../records/queries.js';
import type { AuditActor } from './contract.js';

/** How the machine's owner is written in logs. */
const LOCAL = 'local';

type Written = { readonly actor: string; readonly at: string };

/** Who wrote entries, in their order. Ids and `local` count from when there were users: before, anybody could use any name. */
export async function findActors(catalog: Store, entries: readonly Written[]): Promise<readonly AuditActor[]> {
  const named = entries.map(({ actor }) => partsOf(actor));
  const [firstUser, keys, people, consents] = await Promise.all([
    named.some(({ kind }) => kind === 'LOCAL') ? findFirst(catalog) : null,
    read(catalog.collection(apiKeys), named, 'KEY'),
    read(catalog.collection(users), named, 'USER'),
    read(catalog.collection(oauthConsents), named, 'PROGRAM'),
  ]);
  return named.map(({ kind, id, client }, index): AuditActor => {
    const { actor, at } = entries[index]!;
    const other = { kind: 'OTHER', id: null, name: null, client: actor } as const;
    if (kind === 'LOCAL') return firstUser && at >= firstUser.createdAt ? { kind, id, name: null, client } : other;
    if (kind === 'OTHER') return other;
    if (kind === 'PROGRAM') {
      // Its name, as it was at the time, is what follows the id.
      return consents.has(id!) ? { kind, id, name: client, client: null } : { kind, id, name: null, client };
    }
    const record = kind === 'KEY' ? keys.get(id!) : people.get(id!);
    if (record && at < record.createdAt) return other;
    return { kind, id, name: record?.name ?? null, client };
  });
}

/**
 * A test of whether an entry's actor is the wanted one: equal, or its beginning up to a space. A user is also each of their
 * keys, revoked ones included, since requests are proven by these, and each program that they let in.
 */
export async function createActorTest(catalog: Store, wanted: string | undefined): Promise<(actor: string) => boolean> {
  if (wanted === undefined) return () => true;
  const isWanted = (actor: string) => actor === wanted || actor.startsWith(`${wanted} `);
  if (parseCatalogId(wanted) !== 'user') return isWanted;
  const where = [{ field: 'ownerId', is: wanted }];
  const owned = await listAll(catalog, apiKeys, { where, deleted: 'INCLUDE', field: 'createdAt' });
  const letIn = await listAll(catalog, oauthConsents, {
    where: [{ field: 'userId', is: wanted }],
    deleted: 'INCLUDE',
    field: 'createdAt',
  });
  const keys = new Set([...owned, ...letIn].map(({ id }) => id));
  return (actor) => isWanted(actor) || keys.has(actor.split(' ', 1)[0]!);
}

interface Parts {
  readonly kind: AuditActor['kind'];
  readonly id: string | null;
  readonly client: string | null;
}

/** The id at the beginning of an actor, and what follows it. */
function partsOf(actor: string): Parts {
  const space = actor.indexOf(' ');
  const first = space === -1 ? actor : actor.slice(0, space);
  const client = space === -1 ? null : actor.slice(space + 1);
  if (first === LOCAL) return { kind: 'LOCAL', id: null, client };
  const kind = parseCatalogId(first);
  if (kind === 'user') return { kind: 'USER', id: first, client };
  if (kind === 'oauthConsent') return { kind: 'PROGRAM', id: first, client };
  if (kind === 'apiKey') return { kind: 'KEY', id: first, client };
  return { kind: 'OTHER', id: null, client: actor };
}

async function read<T extends User | ApiKey | OAuthConsent>(
  collection: { get(ids: readonly string[]): Promise<readonly (T | null)[]> },
  named: readonly Parts[],
  kind: Parts['kind'],
): Promise<ReadonlyMap<string, T>> {
  const ids = [...new Set(named.filter((each) => each.kind === kind).map(({ id }) => id!))];
  const found = ids.length > 0 ? await collection.get(ids) : [];
  return new Map(found.flatMap((record) => (record ? [[record.id, record]] : [])));
}

/** The first user that there was, and still is a record of. */
async function findFirst(catalog: Store): Promise<User | null> {
  const order = { field: 'createdAt', direction: 'ASC' } as const;
  const { items } = await catalog.collection(users).list({ deleted: 'INCLUDE', order, limit: 1 });
  return items[0] ?? null;
}
