import { readFileSync } from 'node:fs';
import { getAuthTables } from 'better-auth/db';
import { describe, expect, it } from 'vitest';
import { createModels } from '../../src/sign-in/models.js';
import { createPlugins } from '../../src/sign-in/plugins/plugins.js';

const settings = {
  ...{ secret: 'x'.repeat(32), cookiePrefix: 'mooring', allowsRegistration: true, offline: false },
  oidc: [{ id: 'harbour', name: 'Harbour', issuer: 'https://id.example', clientId: 'mooring', clientSecret: null }],
};

describe('the library for signing in', () => {
  const models = createModels();
  const tables = getAuthTables({ plugins: createPlugins(settings, 'https://mooring.example', undefined) });

  it('has a collection for each of its tables, and none besides', () => {
    expect(
      Object.keys(tables)
        .filter((table) => table !== 'rateLimit')
        .sort(),
    ).toEqual(Object.keys(models).sort());
  });

  it.each(Object.keys(tables))('finds what is unique in %s, which nobody can have twice', (table) => {
    const { fields } = tables[table]!;
    const model = models[table];
    if (!model) return;
    const unique = model.spec.unique.map((each) => [...each.fields].join());
    const wanted = Object.entries(fields).flatMap(([name, field]) => (field.unique ? [name] : []));
    expect(unique).toEqual(expect.arrayContaining(wanted));
  });

  it('is there once, as are the packages that its parts share', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: object };
    for (const name of [
      'better-auth',
      '@better-auth/core',
      '@better-auth/utils',
      '@better-fetch/fetch',
      'better-call',
    ]) {
      const copies = Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`));
      expect([name, copies]).toEqual([name, [`node_modules/${name}`]]);
    }
  });
});
