import { type CryptoKey, exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose';
import type { User } from '../../../src/domain/access/user.js';
import { CATALOG_KEY, type CatalogKind, createIdGenerator } from '../../../src/domain/id.js';
import type { RecordBase } from '../../../src/domain/record.js';
import type { OAuthClient, OAuthConsent, SignIn, SigningKey } from '../../../src/domain/sign-in/records.js';
import { jwks, oauthClients, oauthConsents, signIns } from '../../../src/storage/sign-in-collections.js';
import type { CollectionSpec, Store } from '../../../src/storage/store.js';

/** Access tokens of any kind, signed with a key that a server knows: what a forger would need, and more. */
export interface Forge {
  /** The server's key. */
  readonly keyId: string;
  readonly publicJwk: string;
  readonly client: OAuthClient;
  readonly consent: OAuthConsent;
  readonly signIn: SignIn;
  /** A token that counts, but for what is said otherwise. */
  sign(claims?: Readonly<Record<string, unknown>>, own?: Signing): Promise<string>;
  write<T extends RecordBase>(spec: CollectionSpec<T>, record: T): Promise<void>;
}

interface Signing {
  readonly header?: Partial<JWTHeaderParameters>;
  readonly key?: CryptoKey | Uint8Array;
}

const newId = createIdGenerator();

/** @param origin of the server */
export async function createForge(store: Store, user: User, origin: string): Promise<Forge> {
  const at = new Date().toISOString();
  const base = (kind: CatalogKind) => ({
    ...{ id: newId(kind, CATALOG_KEY), version: 1, createdAt: at, updatedAt: at, deletedAt: null, externalId: null },
  });
  const write = async <T extends RecordBase>(spec: CollectionSpec<T>, record: T) => {
    const context = { epoch: await store.epoch(), actor: 'test', requestId: 'test', at };
    const [before] = await store.collection(spec).get([record.id]);
    const document = { ...record, version: (before?.version ?? 0) + 1 };
    const operation = before ? (record.deletedAt ? 'DELETE' : 'UPDATE') : 'CREATE';
    await store.commit([{ kind: 'put', collection: spec.name, operation, document }], context);
  };
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  const publicJwk = JSON.stringify(await exportJWK(pair.publicKey));
  const key: SigningKey = { ...base('signingKey'), publicKey: publicJwk, privateKey: 'sealed', expiresAt: null };
  const client: OAuthClient = {
    ...base('oauthClient'),
    ...{ clientId: 'https://agent.example.com/client.json', name: 'Agent', uri: null, redirectUris: [] },
    ...{ disabled: false, userId: null },
  };
  const consent: OAuthConsent = {
    ...base('oauthConsent'),
    ...{ clientId: client.clientId, userId: user.id, scopes: ['read', 'write'], projectIds: null, level: 'WRITE' },
  };
  const signIn: SignIn = {
    ...base('signIn'),
    ...{ token: 'sha256:nobody', userId: user.id, ipAddress: null, userAgent: null },
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  };
  await write(jwks, key);
  await write(oauthClients, client);
  await write(oauthConsents, consent);
  await write(signIns, signIn);
  return {
    ...{ keyId: key.id, publicJwk, client, consent, signIn, write },
    sign(claims = {}, { header = {}, key: other = pair.privateKey } = {}) {
      const now = Math.floor(Date.now() / 1_000);
      const all = {
        ...{ iss: origin, aud: `${origin}/mcp`, sub: user.id, client_id: client.clientId, azp: client.clientId },
        ...{ scope: 'read write', sid: signIn.id, iat: now, exp: now + 600, jti: 'once' },
        ...claims,
      };
      return new SignJWT(all).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: key.id, ...header }).sign(other);
    },
  };
}
