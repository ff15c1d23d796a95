import { describe, expect, it } from 'vitest';
import type { StorageEnvironment } from '../../../src/domain/storage-settings.js';
import { effectiveSettings } from '../../../src/services/storage-settings/effective.js';

const NOTHING = { values: {}, locked: [] };
const none: StorageEnvironment = { variables: {} };
const fromUri: StorageEnvironment = {
  connectionString: 'mongodb://environment.example/',
  variables: { connectionString: 'MONGODB_URI' },
};

describe('the settings in force', () => {
  it('are the defaults when nothing is set: no server, and files in the data directory', () => {
    const { settings, all } = effectiveSettings(none, NOTHING, '/data');
    expect(settings).toEqual({ mongo: null, voyage: null, chroma: null, file: { path: '/data/files' } });
    expect(all.path).toMatchObject({ value: '/data/files', source: 'DEFAULT', variable: null });
  });

  it('are what is saved, with defaults for the rest', () => {
    const values = {
      connectionString: 'mongodb://saved.example/',
      voyageApiKey: 'pa-saved',
      chromaUrl: 'http://127.0.0.1:8000',
    };
    expect(effectiveSettings(none, { values, locked: [] }, '/data').settings).toEqual({
      mongo: {
        connectionString: 'mongodb://saved.example/',
        database: 'mooring',
        maxPoolSize: 10,
        allowPlaintext: [],
      },
      voyage: { apiKey: 'pa-saved', model: 'voyage-3-large', baseUrl: null },
      chroma: {
        url: 'http://127.0.0.1:8000',
        token: null,
        tenant: 'default_tenant',
        database: 'default_database',
      },
      file: { path: '/data/files' },
    });
  });

  it("are the environment's, setting by setting, over what is saved", () => {
    const values = { connectionString: 'mongodb://saved.example/', database: 'saved' };
    const { settings, all } = effectiveSettings(fromUri, { values, locked: [] }, '/data');
    expect(settings.mongo).toMatchObject({ connectionString: 'mongodb://environment.example/', database: 'saved' });
    expect(all.connectionString).toMatchObject({ source: 'ENVIRONMENT', variable: 'MONGODB_URI', isSaved: true });
    expect(all.database).toMatchObject({ source: 'SAVED', variable: null });
  });

  it('substitute nothing for a place or a model whose secret cannot be decrypted', () => {
    for (const name of ['connectionString', 'voyageApiKey'] as const) {
      const values = { connectionString: 'mongodb://saved.example/', voyageApiKey: 'pa-saved', [name]: undefined };
      const { settings, faults } = effectiveSettings(none, { values, locked: [name] }, '/data');
      expect(settings).toMatchObject({ mongo: null, voyage: null });
      expect(settings.faults).toEqual(faults);
      expect(faults.MONGODB).toMatchObject({
        why: expect.stringContaining(name),
        hint: expect.stringContaining('MOORING_SECRET_KEY'),
      });
    }
  });

  it('are complete when the environment has what can’t be decrypted', () => {
    const { settings } = effectiveSettings(fromUri, { values: {}, locked: ['connectionString'] }, '/data');
    expect(settings.faults).toBeUndefined();
    expect(settings.mongo?.connectionString).toBe('mongodb://environment.example/');
  });

  it('let LOCAL run without Chroma when its token cannot be decrypted', () => {
    const saved = { values: { chromaUrl: 'http://127.0.0.1:8000' }, locked: ['chromaToken'] as const };
    const { settings, faults } = effectiveSettings(none, saved, '/data');
    expect(settings).toMatchObject({ chroma: null });
    expect(settings.faults).toBeUndefined();
    expect(faults.LOCAL?.why).toContain('chromaToken');
  });

  it('mark what came from the environment rather than from a user, address by address', () => {
    const values = { chromaUrl: 'http://127.0.0.1:8000', voyageApiKey: 'pa-saved', database: 'saved' };
    const { settings } = effectiveSettings(fromUri, { values, locked: [] }, '/data');
    expect(settings.mongo).toMatchObject({ isFromEnvironment: true, database: 'saved' });
    expect(settings.chroma).not.toHaveProperty('isFromEnvironment');
    expect(settings.voyage).not.toHaveProperty('isFromEnvironment');
  });
});
