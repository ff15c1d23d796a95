import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SettingsError } from '../../src/config/environment.js';
import { homeOf } from '../../src/config/home.js';
import { loadSettings } from '../../src/config/settings.js';

function mistakes(environment: Record<string, string>): readonly string[] {
  try {
    loadSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  return [];
}

describe('settings', () => {
  test('nothing needs to be set', () => {
    expect(loadSettings({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      dataDirectory: resolve('.mooring'),
      home: homeOf({}),
      isLoopback: true,
      requiresCredentials: false,
      isGuarded: false,
      offline: false,
      logLevel: 'info',
      retentionDays: 30,
      logRetentionDays: 365,
      pacingMs: 500,
      corsOrigins: ['https://studio.apollographql.com'],
      publicUrl: null,
      allowsRegistration: false,
      oidc: [],
      mail: null,
      graphiql: true,
      introspection: true,
      storageMode: 'LOCAL',
      secretKey: null,
      previousSecretKey: null,
      secrets: 'REDACT',
      outsideKeys: {},
      storage: { environment: { variables: {} }, faults: {} },
    });
  });

  test('a key that is too short is refused without being shown', () => {
    expect(mistakes({ MOORING_SECRET_KEY: 'tiny-secret' })).toEqual([
      'MOORING_SECRET_KEY must have at least 16 characters that nobody can guess',
    ]);
  });

  test('a value that isn’t UTF-8 is refused: Node replaces its bytes', () => {
    expect(mistakes({ MOORING_SECRET_KEY: `secret-of-16-\uFFFD-letters`, MOORING_DATA: '/caf\uFFFD' })).toEqual([
      'MOORING_SECRET_KEY must be in UTF-8',
      'MOORING_DATA must be in UTF-8',
    ]);
    const { storage } = loadSettings({ FILE_STORE_PATH: '/caf\uFFFD', MONGODB_URI: 'mongodb://u:\uFFFD@h' });
    expect(storage.environment).toEqual({ variables: {} });
    expect(storage.faults.FILE?.why).toBe('the environment variable FILE_STORE_PATH must be in UTF-8.');
    expect(storage.faults.MONGODB?.why).toBe('the environment variable MONGODB_URI must be in UTF-8.');
  });

  test('an empty variable counts as not set', () => {
    expect(loadSettings({ PORT: '', MOORING_DATA: '' })).toEqual(loadSettings({}));
  });

  test('port 0 lets the system choose, and a relative folder is one of the working directory', () => {
    expect(loadSettings({ PORT: '0', MOORING_DATA: 'data' })).toMatchObject({
      port: 0,
      dataDirectory: resolve('data'),
    });
  });

  test('origins are added to that of Apollo Studio', () => {
    const { corsOrigins } = loadSettings({ MOORING_CORS_ORIGINS: 'https://a.example, http://localhost:3000' });
    expect(corsOrigins).toEqual(['https://studio.apollographql.com', 'https://a.example', 'http://localhost:3000']);
  });

  test.each(['https://a.example/', 'a.example', '*', 'null', 'https://a.example/path'])(
    '%s is not an origin',
    (origin) => {
      expect(mistakes({ MOORING_CORS_ORIGINS: origin })).toEqual([
        expect.stringContaining('MOORING_CORS_ORIGINS must be origins'),
      ]);
    },
  );

  test('servers by which people sign in are a list, and what is wrong with it is said without repeating it', () => {
    const issuer = { name: 'Key Cloak!', issuer: 'https://id.example/realms/team', clientId: 'mooring' };
    const read = (...all: object[]) => loadSettings({ MOORING_OIDC: JSON.stringify(all) }).oidc;
    expect(read(issuer)).toEqual([{ ...issuer, id: 'key-cloak', clientSecret: null }]);
    expect(read({ ...issuer, issuer: 'http://localhost:8080', clientSecret: 's' })).toMatchObject([
      { clientSecret: 's' },
    ]);
    for (const wrong of [
      [{ ...issuer, issuer: 'http://id.example' }],
      [{ ...issuer, issuer: 'https://ada@id.example' }],
      [{ ...issuer, clientSecret: 'canary', more: 1 }],
      [issuer, { ...issuer, name: 'key cloak' }],
      [{ ...issuer, name: '…' }],
    ]) {
      const [found] = mistakes({ MOORING_OIDC: JSON.stringify(wrong) });
      expect(found).toMatch(/^MOORING_OIDC must be a list in JSON/);
      expect(found).not.toContain('canary');
    }
    expect(mistakes({ MOORING_OIDC: '{canary' })).toEqual([expect.not.stringContaining('canary')]);
  });

  test('every mistake is reported at once, with the name of its variable and what it should be', () => {
    const found = mistakes({
      HOST: 'not a host',
      PORT: '70000',
      MOORING_OFFLINE: 'yes',
      MOORING_LOG_LEVEL: 'loud',
      MOORING_RETENTION_DAYS: '-1',
      MOORING_LOG_RETENTION_DAYS: '1.5',
      MOORING_PACING_MS: '10001',
      MOORING_RETENTION: '3',
    });
    expect(found).toEqual([
      'HOST must be an IP address or a host name, such as 127.0.0.1, but is "not a host"',
      'PORT must be a port from 0 (any free one) to 65535, but is "70000"',
      'MOORING_OFFLINE must be 0 or 1, but is "yes"',
      'MOORING_LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, but is "loud"',
      'MOORING_RETENTION_DAYS must be a number of days from 0 (never) to 36500, but is "-1"',
      'MOORING_LOG_RETENTION_DAYS must be a number of days from 0 (never) to 36500, but is "1.5"',
      'MOORING_PACING_MS must be a number of milliseconds from 0 (never) to 10000, but is "10001"',
      'MOORING_RETENTION is not a setting; did you mean MOORING_RETENTION_DAYS?',
    ]);
  });

  test('a misspelt name is reported with the nearest one', () => {
    expect(mistakes({ MOORING_DTA: '/data' })).toEqual(['MOORING_DTA is not a setting; did you mean MOORING_DATA?']);
  });

  test.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])('%s is this machine', (HOST) => {
    expect(loadSettings({ HOST }).isLoopback).toBe(true);
  });

  test.each(['0.0.0.0', '::', '192.168.1.5', 'example.com', '127.0.0.1.example.com'])(
    '%s is an address that others reach',
    (HOST) => {
      const reached = { host: HOST, isLoopback: false, graphiql: false, introspection: false };
      expect(loadSettings({ HOST })).toMatchObject({ ...reached, isGuarded: false });
      expect(loadSettings({ HOST, MOORING_ALLOW_UNAUTHENTICATED: '1' })).toMatchObject({ ...reached, isGuarded: true });
    },
  );

  test('credentials can be required before there are users, but not while something else guards the port', () => {
    expect(loadSettings({ MOORING_AUTH: 'required' }).requiresCredentials).toBe(true);
    expect(mistakes({ MOORING_AUTH: 'off', PORT: 'abc' })).toEqual([
      expect.stringContaining('PORT must be'),
      expect.stringContaining('MOORING_AUTH must be required'),
    ]);
    expect(mistakes({ MOORING_AUTH: 'required', MOORING_ALLOW_UNAUTHENTICATED: '1' })).toEqual([
      expect.stringContaining('contradict'),
    ]);
  });

  test('the explorer and introspection can be enabled on any address, and disabled on this machine', () => {
    const open = {
      HOST: '0.0.0.0',
      MOORING_ALLOW_UNAUTHENTICATED: '1',
      MOORING_GRAPHIQL: '1',
      MOORING_INTROSPECTION: '1',
    };
    expect(loadSettings(open)).toMatchObject({ graphiql: true, introspection: true });
    expect(loadSettings({ MOORING_GRAPHIQL: '0', MOORING_INTROSPECTION: '0' })).toMatchObject({
      graphiql: false,
      introspection: false,
    });
  });
});

describe('settings of storage', () => {
  const storage = (environment: Record<string, string>) => loadSettings(environment).storage;

  test('say which variable gave what, by any of its names', () => {
    expect(storage({ MONGODB_URI: 'mongodb://127.0.0.1', MONGODB_DATABASE: 'd', MONGODB_MAX_POOL_SIZE: '4' })).toEqual({
      environment: {
        connectionString: 'mongodb://127.0.0.1',
        database: 'd',
        maxPoolSize: 4,
        variables: {
          connectionString: 'MONGODB_URI',
          database: 'MONGODB_DATABASE',
          maxPoolSize: 'MONGODB_MAX_POOL_SIZE',
        },
      },
      faults: {},
    });
  });

  test.each([
    [{ MONGODB_MAX_POOL_SIZE: 'many' }, 'MONGODB', /MONGODB_MAX_POOL_SIZE must be a whole number/],
    [{ MONGODB_ALLOW_PLAINTEXT: 'a b' }, 'MONGODB', /MONGODB_ALLOW_PLAINTEXT must be names of hosts/],
    [{ CHROMA_URL: 'localhost:8000' }, 'LOCAL', /CHROMA_URL must be an address/],
    [{ FILE_STORE_PATH: 'files' }, 'FILE', /FILE_STORE_PATH must be the absolute path/],
    [{ MONGODB_URI: 'mongodb://a', MONGODB_CONNECTION_STRING: 'mongodb://b' }, 'MONGODB', /both set, and differ/],
  ] as const)('with a mistake stop no server, only their mode: %o', (environment, mode, why) => {
    const { faults } = storage(environment as unknown as Record<string, string>);
    expect(faults).toEqual({ [mode]: { why: expect.stringMatching(why), hint: expect.stringContaining('Set ') } });
  });

  test('never show a value', () => {
    const { faults } = storage({
      MONGODB_URI: 'mongodb://u:canary@a',
      MONGODB_CONNECTION_STRING: 'mongodb://u:canary@b',
    });
    expect(JSON.stringify(faults)).not.toContain('canary');
  });
});
