import { describe, expect, it } from 'vitest';
import { AUDITED_COLLECTIONS, auditedOf } from '../../../src/services/audit/whitelist.js';
import { CATALOG_COLLECTIONS, PROJECT_COLLECTIONS } from '../../../src/storage/collections.js';

const ALL = [...CATALOG_COLLECTIONS, ...PROJECT_COLLECTIONS].map(({ name }) => name as string);

describe('what the audit shows', () => {
  it('is decided for every collection', () => {
    expect([...AUDITED_COLLECTIONS].sort()).toEqual([...ALL].sort());
  });

  it('is nothing of a collection that it doesn’t know, however it is called', () => {
    for (const name of ['elsewhere', 'constructor', '__proto__', 'toString']) {
      expect(auditedOf(name)).toMatchObject({ shown: [], named: [] });
    }
  });

  it('never names a field that is a secret, or made of one', () => {
    const forbidden = /hash|sealed|token$|secretName|scheme|password/i;
    for (const name of ALL) {
      const { shown, named } = auditedOf(name);
      expect([...shown, ...named].filter((field) => forbidden.test(field))).toEqual([]);
    }
    expect(auditedOf('storageConfigs').shown).toEqual(['mode', 'deletedAt']);
  });

  it('is of a project’s records no text that anybody wrote', () => {
    const texts = /title|description|content|analysis|result|value|metadata|key|name|agent|path/i;
    for (const { name } of PROJECT_COLLECTIONS) {
      expect(auditedOf(name).shown.filter((field) => texts.test(field))).toEqual([]);
    }
  });
});
