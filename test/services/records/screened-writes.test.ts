import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const services = fileURLToPath(new URL('../../../src/services/', import.meta.url));

/** Who writes records, and why no secret comes in with it. */
const WRITERS: { readonly [file: string]: string } = {
  'records/creation.ts': 'screens',
  'records/lifecycle.ts': 'screens',
  'records/delete-many.ts': 'deletes: texts stay as they are',
  'records/rules/session.ts': 'deletes and restores: texts stay as they are',
  'records/rules/session-activity.ts': 'has its texts of memories that were screened',
  'sessions/dating.ts': 'sets a time',
  'attachments.ts': 'takes what is there',
  'projects.ts': 'creates stores by the rules of what was screened',
  'records/undo/plan-drafts.ts': 'screens',
  'secrets/search-records.ts': 'redacts',
  'usage.ts': 'has no text of clients',
  'sign-in/rows.ts': 'has what signing in needs, and no text of clients but names',
  'storage-settings/service.ts': 'seals secrets',
  'people/records.ts': 'screens',
  'people/creation.ts': 'screens by people/records.ts',
  'people/roles.ts': 'screens by people/records.ts',
  'people/grant-plan.ts': 'has no text of clients',
  'people/first-administrator.ts': 'has no text of clients but a name and an email',
  'passwords/link-records.ts': 'has no text of clients',
  'passwords/service.ts': 'has hashes of passwords, and no text of clients',
  'programs/service.ts': 'deletes: texts stay as they are',
  'project-grants.ts': 'has no text of clients',
  'keys/creation.ts': 'has no text of clients but a name',
  'keys/rotation.ts': 'has its texts of the key that it replaces',
  'keys/service.ts': 'has no text of clients but a name',
  'keys/use.ts': 'has no text of clients',
  'audit/security-events.ts': 'has no text of clients',
  'outside-keys/service.ts': 'seals secrets, and has no other text of clients but a label',
  'vault/key-mark.ts': 'has no text of clients',
  'vault/rotation.ts': 'seals secrets',
  'vault/secret-store.ts': 'seals secrets',
  'migrations/service.ts': 'has no text of clients but the place of a project',
};

it('every write of records is known, and screened where it brings texts of clients in', () => {
  const files = readdirSync(services, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const writers = files.filter((file) => {
    const text = readFileSync(join(services, file), 'utf8').replace(/export function put\b/, '');
    return /\bput\(|ules\.apply\(/.test(text);
  });
  expect(writers.sort()).toEqual(Object.keys(WRITERS).sort());
  const screening = Object.keys(WRITERS).filter((file) => WRITERS[file] === 'screens');
  for (const file of screening) expect(readFileSync(join(services, file), 'utf8')).toContain('route.screen.drafts(');
});
