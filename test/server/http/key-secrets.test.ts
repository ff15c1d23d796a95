import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ApiKey } from '../../../src/domain/access/api-key.js';
import { hashOf } from '../../../src/domain/access/key-format.js';
import { accountsIn, openCatalog, withKey } from '../../support/accounts.js';
import { startApp } from '../../support/server.js';
import { makeFolder } from '../../support/temporary.js';

interface Answer {
  readonly data?: Record<string, unknown>;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

/** A server with an owner and their key, and what is asked with a key. */
async function start() {
  const folder = await makeFolder();
  const app = await startApp(folder);
  const { createKey, createUser } = accountsIn(await openCatalog(folder));
  const { secret: first } = await createKey(await createUser());
  const ask = async (secret: string, query: string, variables: object = {}) => {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'mooring-actor': 'canary', ...withKey(secret) },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    return { status: response.status, text, answer: JSON.parse(text) as Answer };
  };
  await expect.poll(async () => (await ask(first, '{ apiKeys { totalCount } }')).status, { timeout: 20_000 }).toBe(200);
  const mutate = async (secret: string, name: string, input: object, fields: string) => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}`;
    const query = `mutation ($input: ${type}Input!) { it: ${name}(input: $input) { __typename ... on ${type}Payload { ${fields} } ... on Error { code message } } }`;
    const { answer, text } = await ask(secret, query, { input });
    return { text, it: answer.data?.it as { readonly secret: string; readonly apiKey: Pick<ApiKey, 'id'> } };
  };
  return { ...app, first, ask, mutate };
}

/** The contents of all files in a folder. */
async function allFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')));
}

const EVERYTHING = `{
  apiKeys { nodes { id name ending status ownerId owner { id } createdBy { id } use { day } } }
  auditLog(first: 200) { nodes { actor summary changes { field before after } } }
}`;

describe('the secret of a key', () => {
  it('is in no file, log line or answer but the one that makes it, and works until it is revoked', async () => {
    const { first, ask, mutate, folder, logged } = await start();
    const made = await mutate(first, 'createApiKey', { name: 'CI', allPermissions: true }, 'secret apiKey { id }');
    const child = await mutate(made.it.secret, 'createApiKey', { name: 'Child' }, 'secret apiKey { id }');
    const { id } = made.it.apiKey;
    const rotated = await mutate(made.it.secret, 'rotateApiKey', { id }, 'secret apiKey { id }');
    const secrets = [made, child, rotated].map(({ it }) => it.secret);
    for (const secret of secrets) expect((await ask(secret, '{ viewer { key { id } } }')).status).toBe(200);

    const answers = [
      await ask(first, EVERYTHING),
      await ask(first, `{ node(id: "${secrets[0]}") { id } }`),
      await mutate(
        first,
        'createApiKey',
        { name: 'Child', externalId: secrets[0], projectIds: [secrets[1]] },
        'secret',
      ),
      await mutate(first, 'revokeApiKey', { id: rotated.it.apiKey.id }, 'apiKey { id } others { id }'),
    ].map(({ text }) => text);
    for (const secret of secrets) {
      await expect.poll(async () => (await ask(secret, '{ viewer { key { id } } }')).status).toBe(401);
      answers.push((await ask(secret, EVERYTHING)).text);
    }

    const files = await allFiles(folder);
    for (const secret of secrets) {
      for (const hidden of [secret, secret.slice(10, 40)]) {
        expect(answers.filter((text) => text.includes(hidden))).toEqual([]);
        expect(files.some((text) => text.includes(hidden))).toBe(false);
        expect(logged.filter((line) => line.includes(hidden))).toEqual([]);
      }
      expect(answers.filter((text) => text.includes(hashOf(secret)))).toEqual([]);
      expect(logged.filter((line) => line.includes(hashOf(secret)))).toEqual([]);
      // What the search in the files would find.
      expect(files.some((text) => text.includes(hashOf(secret)))).toBe(true);
    }
  });
});
