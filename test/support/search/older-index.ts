/** The tables of words as versions 1 to 4 of an index file had them. */
const words = (text: string | null) =>
  ['memories', 'tasks']
    .map(
      (collection) => `
CREATE TABLE kept AS SELECT rowid AS record, text FROM ${collection}_words;
DROP TABLE ${collection}_words;
CREATE VIRTUAL TABLE ${collection}_words USING fts5(text, parts, tokenize = "porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE ${collection}_terms USING fts5vocab('${collection}_words', 'row');
INSERT INTO ${collection}_words(rowid, text, parts) SELECT record, ${text === null ? 'text' : `'${text}'`}, '' FROM kept;
DROP TABLE kept;`,
    )
    .join('');

const names = (kind: string, all: string) =>
  all
    .split(' ')
    .map((name) => `${kind} ${name};\n`)
    .join('');
const SIXTH = [
  names('DROP TABLE', 'dependencies memory_references'),
  names('DROP INDEX', 'records_ready records_parent records_claim records_holder records_handle'),
  names('DROP INDEX', 'records_pinned records_kind records_supersedes'),
  names('ALTER TABLE records DROP COLUMN', 'parent rank created_at holder claim_until blockers'),
  names('ALTER TABLE records DROP COLUMN', 'details kind pinned supersedes'),
].join('');
const FIFTH = `
ALTER TABLE records DROP COLUMN version;
DROP INDEX records_collection;
CREATE INDEX records_collection ON records(collection);
`;
const THIRD = 'DROP TABLE drafts; DROP TRIGGER draft_done; DROP TRIGGER draft_outdated;';
const SECOND = `${THIRD}DROP INDEX records_skipped;`;
const BEFORE = { 4: '', 3: THIRD, 2: SECOND, 1: `${SECOND}DROP INDEX records_hash; DROP TABLE forgotten;` };
type Version = 6 | 5 | keyof typeof BEFORE;

/** SQL that makes an index file of today one of an earlier version. @param text what each record's words are made of; null for about what they are now */
export function asOfVersion(version: Version, text: string | null = null): string {
  if (version === 6) return `${SIXTH}PRAGMA user_version = 6;`;
  const before = version === 5 ? '' : `${words(text)}${BEFORE[version]}`;
  return `${SIXTH}${FIFTH}${before}PRAGMA user_version = ${version};`;
}
