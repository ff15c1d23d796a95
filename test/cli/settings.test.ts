import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadClientSettings } from '../../src/config/client-settings.js';
import { SettingsError } from '../../src/config/environment.js';
import { loadSettings } from '../../src/config/settings.js';

describe('the location of a client’s server', () => {
  test('is the default data directory when nothing is set', () => {
    expect(loadClientSettings({})).toEqual({
      serverUrl: null,
      dataDirectory: resolve('.mooring'),
      isNamed: false,
    });
    expect(loadClientSettings({ MOORING_URL: '', MOORING_DATA: '' })).toEqual(loadClientSettings({}));
  });

  test('is an address, without a slash at its end', () => {
    expect(loadClientSettings({ MOORING_URL: 'https://a.example:8443/notes/' }).serverUrl).toBe(
      'https://a.example:8443/notes',
    );
  });

  test.each(['a.example', 'ftp://a.example', 'http://ada:pw@a.example', 'http://a.example?x', 'http://a.example#x'])(
    'is not %s',
    (url) => {
      expect(() => loadClientSettings({ MOORING_URL: url })).toThrow(SettingsError);
      expect(() => loadSettings({ MOORING_URL: url })).toThrow(SettingsError);
    },
  );

  test('doesn’t depend on settings that only a server needs', () => {
    expect(loadClientSettings({ PORT: 'x', MOORING_DATA: '/data' })).toEqual({
      serverUrl: null,
      dataDirectory: '/data',
      isNamed: true,
    });
  });

  test('may be set where a server runs, too', () => {
    expect(loadSettings({ MOORING_URL: 'http://127.0.0.1:4000' })).toEqual(loadSettings({}));
  });
});
