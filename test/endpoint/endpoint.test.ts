import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { homeOf } from '../../src/config/home.js';
import { ownPresence } from '../../src/config/presence.js';
import { announceServer } from '../../src/config/server-file.js';
import { listServer } from '../../src/config/server-list.js';
import { isOwnAddress, isReadable, isSameServer } from '../../src/endpoint/addresses.js';
import { authorizationFor, createEndpoint, createOwnerEndpoint } from '../../src/endpoint/endpoint.js';
import { findPresence } from '../../src/endpoint/find-presence.js';
import { readOwnerToken } from '../../src/endpoint/owner-token.js';
import { findCredentialsFile, saveStoredKey } from '../../src/endpoint/stored-keys.js';
import { makeFolder } from '../support/temporary.js';

const HERE = 'http://127.0.0.1:4000';
const REMOTE = 'https://mooring.example';
const secret = randomBytes(32);
let data: string;
let environment: Record<string, string>;
beforeEach(async () => {
  data = await makeFolder();
  writeFileSync(join(data, 'secret.key'), secret, { mode: 0o600 });
  environment = { XDG_CONFIG_HOME: await makeFolder() };
});

const store = (url: string, key: string) => saveStoredKey(findCredentialsFile(environment)!, url, key, '');
const presence = () => ({ dataDirectory: data, instance: 'instance-1' });

describe('the credential of a server', () => {
  it('is the key of the variable, else the stored one, else a token of the machine’s owner, else none', () => {
    const server = { url: HERE, presence: presence(), isNamed: false };
    store(HERE, 'mor_stored');
    const withKey = createEndpoint(server, { ...environment, MOORING_API_KEY: ' mor_variable\n' });
    expect(withKey.credential?.()).toEqual({ secret: 'mor_variable', source: 'VARIABLE' });
    expect(authorizationFor(withKey)).toEqual({ authorization: 'Bearer mor_variable' });
    const kept = createEndpoint(server, { ...environment, MOORING_API_KEY: '' });
    expect(kept.credential?.()).toEqual({ secret: 'mor_stored', source: 'FILE' });
    const other = createEndpoint({ ...server, url: 'http://127.0.0.1:4001' }, environment);
    expect(other.credential?.()).toMatchObject({ source: 'OWNER' });
    const stranger = createEndpoint({ url: 'http://127.0.0.1:4001', presence: null, isNamed: true }, environment);
    expect([stranger.credential?.(), authorizationFor(stranger)]).toEqual([null, {}]);
    expect(authorizationFor({})).toEqual({});
  });

  it('is a token of the owner for each request, signed for this server', () => {
    const endpoint = createOwnerEndpoint({ url: HERE, ...presence() });
    const [one, two] = [endpoint.credential?.()?.secret, endpoint.credential?.()?.secret];
    expect(one).not.toBe(two);
    for (const token of [one, two]) {
      expect(readOwnerToken(token!, secret, 'instance-1')).not.toBeNull();
      expect(readOwnerToken(token!, secret, 'instance-2')).toBeNull();
    }
  });

  it.each([
    ['an earlier version', { instance: null }],
    ['no data directory', { dataDirectory: '' }],
    ['one without a secret', { dataDirectory: '/nowhere' }],
  ])('is no token for a server that announced %s', (_, own) => {
    const server = { url: HERE, presence: { ...presence(), ...own }, isNamed: false };
    expect(createEndpoint(server, environment).credential?.()).toBeNull();
  });

  it('is no token when the secret was cut', () => {
    writeFileSync(join(data, 'secret.key'), secret.subarray(1));
    expect(createOwnerEndpoint({ url: HERE, ...presence() }).credential?.()).toBeNull();
  });

  it('is never the variable’s key for an address elsewhere that the user didn’t name', () => {
    const own = { ...environment, MOORING_API_KEY: 'mor_variable' };
    const announced = createEndpoint({ url: REMOTE, presence: presence(), isNamed: false }, own);
    expect(announced.credential?.()).toMatchObject({ source: 'OWNER' });
    const named = createEndpoint({ url: REMOTE, presence: null, isNamed: true }, own);
    expect(named.credential?.()).toMatchObject({ source: 'VARIABLE' });
  });

  it('is never another server’s stored key', () => {
    store(REMOTE, 'mor_remote');
    const other = { presence: null, isNamed: true };
    for (const url of ['http://mooring.example', 'https://mooring.example:8443', 'https://mooring.example.evil.test'])
      expect(createEndpoint({ ...other, url }, environment).credential?.()).toBeNull();
    expect(createEndpoint({ ...other, url: REMOTE }, environment).credential?.()?.secret).toBe('mor_remote');
  });

  it.each(['mor_a b', 'mor_a\nmor_b', 'mor_é'])('is refused, but not shown, when the variable has %j', (key) => {
    const endpoint = createEndpoint({ url: HERE, presence: null, isNamed: true }, { MOORING_API_KEY: key });
    expect(() => endpoint.credential?.()).toThrow(/^MOORING_API_KEY has characters that no API key has\.$/);
  });
});

describe('an announced server', () => {
  it('is found by any loopback name of its address, in the home or the data directory, and by no other', async () => {
    const home = homeOf({ MOORING_HOME: await makeFolder() });
    const listed = ownPresence('http://127.0.0.1:4711', data, 'serve');
    const onData = ownPresence('http://localhost:4712', data, 'serve');
    await listServer(home, listed);
    await announceServer(onData);
    for (const url of ['http://127.0.0.1:4711', 'http://localhost:4711/', 'http://[::1]:4711'])
      expect(await findPresence(url, home, data)).toEqual(listed);
    expect(await findPresence('http://127.0.0.1:4712', home, data)).toEqual(onData);
    expect(await findPresence('http://127.0.0.1:4712', home, null)).toBeNull();
    for (const url of ['http://127.0.0.1:4713', 'https://127.0.0.1:4711', 'http://mooring.example:4711'])
      expect(await findPresence(url, home, data)).toBeNull();
  });
});

describe('an address', () => {
  it('is this machine’s when nothing sent there leaves it', () => {
    const ownAddresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    for (const { address, family } of ownAddresses)
      expect(isOwnAddress(family === 'IPv6' ? `http://[${address.split('%')[0]}]:1` : `http://${address}:1`)).toBe(
        true,
      );
    expect(['http://localhost', 'http://127.9.8.7:1', 'http://[::1]:1'].every(isOwnAddress)).toBe(true);
    for (const url of [
      'http://192.0.2.7',
      'http://localhost.evil.test',
      'http://127.0.0.1.evil.test',
      'https://a.test',
    ])
      expect(isOwnAddress(url)).toBe(false);
  });

  it('is readable on the way without TLS, elsewhere', () => {
    expect(['http://192.0.2.7', 'http://mooring:4000'].every(isReadable)).toBe(true);
    expect(['https://192.0.2.7', 'http://localhost:4000'].some(isReadable)).toBe(false);
  });

  it('is the same server’s by protocol, port and path', () => {
    expect(isSameServer('http://localhost:1', 'http://127.0.0.1:1/')).toBe(true);
    expect(isSameServer('http://192.0.2.7:1', 'http://192.0.2.7:1')).toBe(true);
    for (const other of ['https://localhost:1', 'http://localhost:2', 'http://localhost:1/a', 'http://192.0.2.7:1'])
      expect(isSameServer('http://localhost:1', other)).toBe(false);
  });
});
