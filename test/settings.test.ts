import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadSettings, SettingsError } from '../src/settings.js';

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
      isLoopback: true,
      offline: false,
      logLevel: 'info',
      retentionDays: 30,
      logRetentionDays: 365,
      corsOrigins: ['https://studio.apollographql.com'],
      graphiql: true,
      introspection: true,
    });
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

  test('every mistake is reported at once, with the name of its variable and what it should be', () => {
    const found = mistakes({
      HOST: 'not a host',
      PORT: '70000',
      MOORING_OFFLINE: 'yes',
      MOORING_LOG_LEVEL: 'loud',
      MOORING_RETENTION_DAYS: '-1',
      MOORING_LOG_RETENTION_DAYS: '1.5',
      MOORING_RETENTION: '3',
    });
    expect(found).toEqual([
      'HOST must be an IP address or a host name, such as 127.0.0.1, but is "not a host"',
      'PORT must be a port from 0 (any free one) to 65535, but is "70000"',
      'MOORING_OFFLINE must be 0 or 1, but is "yes"',
      'MOORING_LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, but is "loud"',
      'MOORING_RETENTION_DAYS must be a number of days from 0 (never) to 36500, but is "-1"',
      'MOORING_LOG_RETENTION_DAYS must be a number of days from 0 (never) to 36500, but is "1.5"',
      'MOORING_RETENTION is not a setting; did you mean MOORING_RETENTION_DAYS?',
    ]);
  });

  test('a misspelt name is answered with the nearest one', () => {
    expect(mistakes({ MOORING_DTA: '/data' })).toEqual(['MOORING_DTA is not a setting; did you mean MOORING_DATA?']);
  });

  test.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])('%s is this machine', (HOST) => {
    expect(loadSettings({ HOST }).isLoopback).toBe(true);
  });

  test.each(['0.0.0.0', '::', '192.168.1.5', 'example.com', '127.0.0.1.example.com'])(
    '%s is refused while there is no authentication, unless something else guards the port',
    (HOST) => {
      expect(mistakes({ HOST })).toEqual([
        expect.stringMatching(/^HOST must be 127\.0\.0\.1.*MOORING_ALLOW_UNAUTHENTICATED=1/),
      ]);
      expect(loadSettings({ HOST, MOORING_ALLOW_UNAUTHENTICATED: '1' })).toMatchObject({
        host: HOST,
        isLoopback: false,
        graphiql: false,
        introspection: false,
      });
    },
  );

  test('the explorer and introspection can be had on any address, and left out on this machine', () => {
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
