import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type AuthenticatorOptions,
  createAuthenticator,
  type OpenMode,
} from '../../src/authentication/authenticator.js';
import type { OnRefused, Sender } from '../../src/authentication/contract.js';
import { createOwnerTokens } from '../../src/authentication/owner-tokens.js';
import type { ApiKey } from '../../src/domain/access/api-key.js';
import { newKeySecret } from '../../src/domain/access/key-format.js';
import { LEVEL, levelIn } from '../../src/domain/access/level.js';
import type { Principal } from '../../src/domain/access/principal.js';
import type { MooringError } from '../../src/domain/errors.js';
import { StoreError } from '../../src/domain/errors.js';
import { signOwnerToken } from '../../src/endpoint/owner-token.js';
import { apiKeys, grants, roles, users } from '../../src/storage/account-collections.js';
import type { Store } from '../../src/storage/store.js';
import { nextTurn } from '../../src/util/async.js';
import { accountsIn, openCatalog } from '../support/accounts.js';
import { makeFolder } from '../support/temporary.js';

const secret = randomBytes(32);
const HERE = 'this-server';
const OPEN: OpenMode = { isOpen: true, allowsProxies: false };
type Own = Partial<Pick<AuthenticatorOptions, 'openMode' | 'now' | 'clock'>>;

/** An authenticator over a catalog, which the test writes as another process does: by a store of its own. */
async function start({ openMode = OPEN, ...own }: Own = {}, wrap = (store: Store): Store => store) {
  const folder = await makeFolder();
  const accounts = accountsIn(await openCatalog(folder));
  const reads: string[] = [];
  const store = wrap(counting(await openCatalog(folder), reads));
  const counts: string[] = [];
  const events: Parameters<OnRefused>[0][] = [];
  const authenticator = createAuthenticator({
    store,
    ownerTokens: createOwnerTokens(secret, HERE, Date.now),
    openMode,
    use: { count: (_, address, outcome) => void counts.push(`${outcome} ${address}`) },
    onRefused: (event) => void events.push(event),
    ...own,
  });
  onTestFinished(() => authenticator.close());
  const ask = async (credential: string | null, more: Partial<Sender> = {}): Promise<Principal> =>
    authenticator.authenticate({ credential, address: '10.0.0.1', isForwarded: false, ...more });
  const refusal = async (credential: string | null, more: Partial<Sender> = {}): Promise<string> =>
    ask(credential, more).then(
      () => 'accepted',
      (error: MooringError) => `${error.code}: ${error.message}`,
    );
  return { accounts, authenticator, ask, refusal, reads, counts, events };
}

/** The store, with the collections noted that are read. */
function counting(store: Store, reads: string[]): Store {
  return {
    ...store,
    collection(spec) {
      const collection = store.collection(spec);
      const list: typeof collection.list = (query) => {
        reads.push(spec.name);
        return collection.list(query);
      };
      return { ...collection, list };
    },
  };
}

/** The store, whose follower never says anything. */
function deaf(store: Store): Store {
  async function* follow(_: unknown, signal: AbortSignal): AsyncGenerator<never> {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }
  return { ...store, log: { ...store.log, follow } };
}

describe('a key', () => {
  it('stands for its owner’s rights, and is read once', async () => {
    const { accounts, authenticator, ask, reads } = await start();
    const owner = await accounts.createUser('VIEWER');
    const { key, secret: sent } = await accounts.createKey(owner);
    const principal = await ask(sent);
    expect(principal).toMatchObject({ kind: 'KEY', userId: owner.id, keyId: key.id, actor: key.id });
    expect([principal.everywhere, principal.permissions.size]).toEqual([LEVEL.READ, 0]);
    reads.length = 0;
    const again = authenticator.authenticate({ credential: sent, address: '10.0.0.1', isForwarded: false });
    expect(again).toBe(principal);
    expect(reads).toEqual([]);
  });

  it('without an owner stands for itself', async () => {
    const { accounts, ask } = await start();
    const { secret: sent } = await accounts.createKey(null, { level: 'WRITE', permissions: ['projects:create'] });
    const principal = await ask(sent);
    expect([principal.userId, principal.everywhere, [...principal.permissions]]).toEqual([
      null,
      LEVEL.WRITE,
      ['projects:create'],
    ]);
  });

  const PAST = '2020-01-01T00:00:00.000Z';
  it.each<[string, Partial<ApiKey>, RegExp]>([
    ['expired', { expiresAt: PAST }, /^UNAUTHENTICATED: The API key that ends with .{4} expired at 2020/],
    ['revoked', { revokedAt: PAST }, /^UNAUTHENTICATED: .* was revoked/],
    ['deleted', { deletedAt: PAST }, /^UNAUTHENTICATED: .* was revoked/],
  ])('that is %s is refused, and says why to who has it', async (_, own, message) => {
    const { accounts, refusal, counts } = await start();
    const { secret: sent } = await accounts.createKey(await accounts.createUser(), own);
    expect([await refusal(sent), await refusal(sent)]).toEqual([
      expect.stringMatching(message),
      expect.stringMatching(message),
    ]);
    expect(counts).toEqual([]);
  });

  it('of a disabled, a deleted or a missing user is refused', async () => {
    const { accounts, refusal } = await start();
    const disabled = await accounts.createUser('OWNER', { disabledAt: PAST });
    const deleted = await accounts.createUser('OWNER', { deletedAt: PAST });
    const said = [];
    for (const owner of [disabled, deleted, { id: 'usr_00000000000000000000000000' }])
      said.push(await refusal((await accounts.createKey(owner)).secret));
    expect(said.map((each) => each.replace(/with ..../, 'with …'))).toEqual([
      'UNAUTHENTICATED: The API key that ends with … belongs to a disabled user.',
      'UNAUTHENTICATED: The API key that ends with … belongs to a deleted user.',
      'UNAUTHENTICATED: The API key that ends with … belongs to a deleted user.',
    ]);
  });

  it('that nobody has is refused without saying what it resembles, and is read once', async () => {
    const { refusal, reads, events } = await start();
    const sent = newKeySecret();
    const said = [
      await refusal(sent),
      await refusal(sent),
      await refusal(`${sent.slice(0, -1)}~`),
      await refusal('Basic'),
    ];
    expect(new Set(said)).toEqual(new Set(["UNAUTHENTICATED: The credential isn't valid on this server."]));
    expect(reads.filter((name) => name === apiKeys.name)).toHaveLength(1);
    expect(events.map(({ detail }) => detail)).toEqual(['unknown key', 'unknown key', 'no key', 'no key']);
    expect(JSON.stringify(events)).not.toContain(sent.slice(4, 20));
  });

  it('may be used from its addresses only', async () => {
    const { accounts, ask, refusal, counts } = await start();
    const own = { allowedAddresses: ['10.0.0.0/8', '::1'] };
    const { key, secret: sent } = await accounts.createKey(await accounts.createUser(), own);
    for (const address of ['10.9.8.7', '::ffff:10.0.0.1', '::1'])
      expect((await ask(sent, { address })).keyId).toBe(key.id);
    expect(await refusal(sent, { address: '192.0.2.1' })).toMatch(/^FORBIDDEN: .* may not be used from 192\.0\.2\.1/);
    expect(await refusal(sent, { address: '' })).toMatch(/^FORBIDDEN/);
    expect(counts.filter((each) => each.startsWith('refused'))).toHaveLength(2);
  });

  it('may send only so many requests in a minute, whatever changes meanwhile, on connections too', async () => {
    const { accounts, authenticator, ask, refusal } = await start({ clock: () => 0 });
    const { secret: sent } = await accounts.createKey(await accounts.createUser(), { perMinute: 3 });
    const principal = await ask(sent);
    authenticator.changed();
    await ask(sent);
    const sender = { credential: sent, address: '10.0.0.1', isForwarded: false };
    authenticator.again(principal, sender);
    expect(() => authenticator.again(principal, sender)).toThrow(/may send 3 requests in a minute/);
    expect(await refusal(sent)).toMatch(/^RATE_LIMITED/);
  });
});

describe('what changes in another process', () => {
  /** Waits until an authenticator says something. */
  const says = (refusal: () => Promise<string>) => expect.poll(refusal, { timeout: 20_000 });

  it('counts within moments: revocation, disabling, a new key, a role', async () => {
    const { accounts, ask, refusal } = await start();
    const owner = await accounts.createUser('ADMIN');
    const { key, secret: sent } = await accounts.createKey(owner);
    const first = await ask(sent);
    const admin = (await accounts.seedRoles()).get('ADMIN')!;
    await accounts.change(roles, admin, { permissions: ['audit:read'] });
    await says(async () => String((await ask(sent)).permissions.size)).toBe('1');
    expect(first.ending.reason).toMatch(/has changed/);
    const disabled = await accounts.change(users, owner, { disabledAt: new Date().toISOString() });
    await says(() => refusal(sent)).toMatch(/disabled user/);
    await accounts.change(users, disabled, { disabledAt: null });
    await says(() => refusal(sent)).toBe('accepted');
    await accounts.change(apiKeys, key, { revokedAt: new Date().toISOString() });
    await says(() => refusal(sent)).toMatch(/revoked/);
  });

  it('leaves a principal as it is when its rights stay the same', async () => {
    const { accounts, authenticator, ask } = await start();
    const { key, secret: sent } = await accounts.createKey(await accounts.createUser());
    const first = await ask(sent);
    await accounts.change(apiKeys, key, { name: 'Another name' });
    await accounts.createUser();
    authenticator.changed();
    expect(await ask(sent)).toBe(first);
    expect(first.ending.reason).toBeNull();
  });

  it('ends what runs for a principal, with the reason', async () => {
    const { accounts, ask } = await start();
    const owner = await accounts.createUser('MEMBER');
    const [one, two] = [await accounts.createKey(owner), await accounts.createKey(owner)];
    const reasons: string[] = [];
    (await ask(one.secret)).ending.onEnd((reason) => reasons.push(reason));
    const { ending } = await ask(two.secret);
    ending.onEnd((reason) => reasons.push(reason));
    await accounts.change(apiKeys, one.key, { revokedAt: new Date().toISOString() });
    await expect.poll(() => reasons, { timeout: 20_000 }).toEqual([expect.stringMatching(/was revoked/)]);
    await accounts.change(users, owner, { disabledAt: new Date().toISOString() });
    await expect.poll(() => reasons.length, { timeout: 20_000 }).toBe(2);
    expect(ending.reason).toMatch(/disabled user/);
  });

  it('lets what runs for a principal go on with rights that it gains, and ends it when it loses some', async () => {
    const { accounts, ask } = await start();
    const owner = await accounts.createUser('MEMBER');
    const { secret: sent } = await accounts.createKey(owner);
    const first = await ask(sent);
    const reasons: string[] = [];
    first.ending.onEnd((reason) => reasons.push(reason));
    const project = 'prj_00000000000000000000000001';
    const granted = await accounts.grant(owner.id, project, 'WRITE');
    await expect.poll(() => levelIn(first, project), { timeout: 20_000 }).toBe(LEVEL.WRITE);
    expect(await ask(sent)).toBe(first);
    expect(reasons).toEqual([]);
    await accounts.change(grants, granted, { level: 'READ' });
    await expect.poll(() => reasons, { timeout: 20_000 }).toEqual([expect.stringMatching(/has changed/)]);
    const second = await ask(sent);
    expect(second).not.toBe(first);
    expect(levelIn(second, project)).toBe(LEVEL.READ);
  });

  it('ends what runs for a key when it expires', async () => {
    let now = Date.now();
    const { accounts, ask, refusal } = await start({ now: () => now });
    const own = { expiresAt: new Date(now + 60_000).toISOString() };
    const { secret: sent } = await accounts.createKey(await accounts.createUser(), own);
    const reasons: string[] = [];
    (await ask(sent)).ending.onEnd((reason) => reasons.push(reason));
    now += 60_000;
    await expect.poll(() => reasons, { timeout: 20_000 }).toEqual([expect.stringMatching(/expired at/)]);
    expect(await refusal(sent)).toMatch(/expired at/);
  });

  it('counts even if the log’s follower hangs: nothing older than a second is served', async () => {
    let time = 0;
    const { accounts, ask, refusal } = await start({ clock: () => time }, deaf);
    const { key, secret: sent } = await accounts.createKey(await accounts.createUser());
    const unknown = await accounts.createKey(null, { revokedAt: new Date().toISOString() });
    await ask(sent);
    expect(await refusal(unknown.secret)).toMatch(/revoked/);
    await accounts.change(apiKeys, key, { revokedAt: new Date().toISOString() });
    await accounts.change(apiKeys, unknown.key, { revokedAt: null });
    time = 1_001;
    expect(await refusal(sent)).toMatch(/was revoked/);
    expect(await refusal(unknown.secret)).toBe('accepted');
  });

  it('ends streams even if the follower hangs, and no request comes', async () => {
    const { accounts, ask } = await start({}, deaf);
    const { key, secret: sent } = await accounts.createKey(await accounts.createUser());
    const reasons: string[] = [];
    (await ask(sent)).ending.onEnd((reason) => reasons.push(reason));
    await accounts.change(apiKeys, key, { revokedAt: new Date().toISOString() });
    await expect.poll(() => reasons, { timeout: 20_000 }).toEqual([expect.stringMatching(/was revoked/)]);
  });

  it('isn’t missed when it happens while a key is read', async () => {
    let during = async () => {};
    const slow = (store: Store): Store => ({
      ...store,
      collection: (spec) => {
        const collection = store.collection(spec);
        const get: typeof collection.get = async (ids) => {
          const found = await collection.get(ids);
          if (spec.name === users.name) await during();
          return found;
        };
        return { ...collection, get };
      },
    });
    const { accounts, authenticator, refusal } = await start({}, slow);
    const owner = await accounts.createUser();
    const { secret: sent } = await accounts.createKey(owner);
    during = async () => {
      during = async () => {};
      await accounts.change(users, owner, { disabledAt: new Date().toISOString() });
      authenticator.changed();
    };
    expect(await refusal(sent)).toMatch(/disabled/);
  });
});

it('serves nothing while the catalog can’t be read, and again once it can', async () => {
  let time = 0;
  let isBroken = false;
  const broken = (store: Store): Store => ({
    ...store,
    log: {
      ...store.log,
      async head() {
        if (isBroken) throw new StoreError('STORE_UNAVAILABLE', 'The disk is gone.', 'Bring it back.');
        return store.log.head();
      },
    },
  });
  const { accounts, refusal } = await start({ clock: () => time }, broken);
  const { secret: sent } = await accounts.createKey(await accounts.createUser());
  expect(await refusal(sent)).toBe('accepted');
  isBroken = true;
  time = 1_001;
  expect([await refusal(sent), await refusal(null)]).toEqual(Array(2).fill('STORE_UNAVAILABLE: The disk is gone.'));
  isBroken = false;
  expect(await refusal(sent)).toBe('accepted');
});

describe('without users', () => {
  it('everyone has all rights where that is open, under no name, until the first user is created', async () => {
    const { accounts, ask, refusal } = await start();
    const everyone = await ask(null);
    expect([everyone.kind, everyone.actor, everyone.everywhere]).toEqual(['LOCAL', null, LEVEL.MANAGE]);
    const reasons: string[] = [];
    everyone.ending.onEnd((reason) => reasons.push(reason));
    const user = await accounts.createUser();
    await expect.poll(() => reasons, { timeout: 20_000 }).toEqual([expect.stringMatching(/has users now/)]);
    expect(await refusal(null)).toMatch(/^UNAUTHENTICATED: This server has users/);
    await accounts.remove(users, user);
    expect(await refusal(null)).toMatch(/^UNAUTHENTICATED/);
  });

  it('a credential that isn’t valid counts all the same', async () => {
    const { refusal } = await start();
    expect([await refusal(newKeySecret()), await refusal('anything')]).toEqual(
      Array(2).fill("UNAUTHENTICATED: The credential isn't valid on this server."),
    );
  });

  it('nobody gets in where it is locked, but the machine’s owner, and who has a key', async () => {
    const { accounts, ask, refusal } = await start({ openMode: { isOpen: false, allowsProxies: false } });
    expect(await refusal(null)).toMatch(/^SETUP_REQUIRED/);
    expect(await ask(signOwnerToken(secret, HERE))).toMatchObject({ kind: 'LOCAL', actor: 'local' });
    expect((await ask((await accounts.createKey(null)).secret)).kind).toBe('KEY');
  });

  it('what a proxy forwards is refused, unless that is meant', async () => {
    const { refusal } = await start();
    expect(await refusal(null, { isForwarded: true })).toMatch(/^FORBIDDEN: The request came through a proxy/);
    const guarded = await start({ openMode: { isOpen: true, allowsProxies: true } });
    expect(await guarded.refusal(null, { isForwarded: true })).toBe('accepted');
  });
});

describe('the machine’s owner', () => {
  it('has all rights once there are users, under the name local', async () => {
    const { accounts, ask } = await start();
    expect((await ask(signOwnerToken(secret, HERE))).actor).toBeNull();
    await accounts.createUser();
    await expect.poll(async () => (await ask(signOwnerToken(secret, HERE))).actor, { timeout: 20_000 }).toBe('local');
  });

  it('isn’t who sends a token again, one for another server, or one of another secret', async () => {
    const { refusal } = await start();
    const token = signOwnerToken(secret, HERE);
    expect(await refusal(token)).toBe('accepted');
    for (const wrong of [token, signOwnerToken(secret, 'another'), signOwnerToken(randomBytes(32), HERE), 'mol_x'])
      expect(await refusal(wrong)).toMatch(/^UNAUTHENTICATED: The token of the machine's owner isn't valid/);
  });
});

describe('many refused credentials from one address', () => {
  it('are looked up one in each turn of the event loop, and others wait for none of them', async () => {
    const { accounts, ask, refusal, reads } = await start();
    const { secret: known } = await accounts.createKey(await accounts.createUser('VIEWER'));
    await ask(known);
    const before = reads.length;
    const refused = Array.from({ length: 100 }, () => refusal(newKeySecret()));
    for (let turn = 1; turn <= 10; turn += 1) {
      await nextTurn();
      expect(reads.length - before).toBeLessThanOrEqual(turn);
    }
    await ask(known);
    expect(reads.length - before).toBeLessThanOrEqual(10);
    await Promise.all(refused);
    expect(reads.length - before).toBe(100);
  });

  it('are answered in short, while a valid key from there is accepted, known or not', async () => {
    const { accounts, refusal } = await start({ clock: () => 0 });
    const owner = await accounts.createUser();
    const [known, fresh] = [await accounts.createKey(owner), await accounts.createKey(owner)];
    await refusal(known.secret);
    const said = [];
    for (let attempt = 0; attempt < 22; attempt++) said.push((await refusal(newKeySecret())).split(':')[0]);
    expect(said).toEqual([...Array<string>(20).fill('UNAUTHENTICATED'), 'RATE_LIMITED', 'RATE_LIMITED']);
    expect(await refusal(newKeySecret(), { address: '10.0.0.2' })).toMatch(/^UNAUTHENTICATED/);
    expect([await refusal(known.secret), await refusal(fresh.secret)]).toEqual(['accepted', 'accepted']);
    expect(await refusal(signOwnerToken(secret, HERE))).toBe('accepted');
  });
});

it('reads no record for a known key, however many requests it sends and however long it pauses', async () => {
  let time = 0;
  const { accounts, authenticator, ask, reads } = await start({ clock: () => time });
  const { secret: sent } = await accounts.createKey(await accounts.createUser());
  await ask(sent);
  reads.length = 0;
  for (let request = 0; request < 10_000; request++) {
    time += request % 100 === 0 ? 2_000 : 1;
    await authenticator.authenticate({ credential: sent, address: '10.0.0.1', isForwarded: false });
  }
  expect(reads).toEqual([]);
});
