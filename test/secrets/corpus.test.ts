import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { findSecrets } from '../../src/secrets/find.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Texts of code and prose: this repository, apart from these tests, whose texts are meant to be found. */
const FOLDERS = ['bench', 'bin', 'client', 'docs', 'examples', 'scripts', 'src', 'test', 'tools'];
const files = [
  ...readdirSync(root).filter((name) => /\.(?:ts|md|json|graphql|yml)$|^Dockerfile$|^\.env\.example$/.test(name)),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  ),
].filter(
  (name) =>
    /\.(?:[cm]?[jt]s|md|json|graphql|ya?ml|py|example)$|Dockerfile$/.test(name) &&
    !/node_modules|^test\/secrets\//.test(name),
);

/** Passwords that tests put in places of passwords, to see that they aren't shown there. */
const MEANT =
  /canary|lantern|hunter|s3cret|p%40ss|abc(?:@SecretPart\?xyz)?$|pass;word|hidden|^secret-of-16-|ghp_|sk-ant-|AKIA|BEGIN|mor_0{20}/;

it('nothing is found in the code and the documents of this repository but what tests mean to be secret', () => {
  let lines = 0;
  const found: string[] = [];
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    lines += text.split('\n').length;
    for (const { rule, start, end } of findSecrets(text)) {
      const secret = text.slice(start, end);
      if (!file.startsWith('test/') || !MEANT.test(secret)) found.push(`${file}: ${rule}: ${secret}`);
    }
  }
  expect(lines).toBeGreaterThan(100_000);
  // At most one in 10,000 lines would do. None is what there is.
  expect(found).toEqual([]);
});
