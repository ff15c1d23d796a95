import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '../src/config/settings.js';
import {
  MAX_BATCH,
  MAX_METADATA_BYTES,
  MAX_NAME,
  MAX_PROSE_BYTES,
  MAX_STATE_BYTES,
} from '../src/domain/fields/common.js';
import { MAX_JSON_DEPTH } from '../src/domain/fields/json.js';
import { MAX_CONTENT_BYTES, MAX_REFERENCES, MAX_TOOL_CALL_ID, MAX_TOOL_NAME } from '../src/domain/memory.js';
import { MAX_PAGE } from '../src/graphql/connection.js';
import { COSTS } from '../src/graphql/field-costs.js';
import { MAX_QUERY, MAX_TERMS } from '../src/search/contract.js';
import { LIMITS } from '../src/server/limits.js';
import { MAX_LEASE, MAX_WAIT } from '../src/services/input/claim.js';
import {
  MAX_FILTER_BYTES,
  MAX_FILTER_KEYS,
  MAX_FILTER_TEXT,
  MAX_FILTER_VALUES,
} from '../src/services/input/filters.js';
import { MAX_CONTEXT_TOKENS } from '../src/services/input/memory.js';
import { MOST_BYTES as DOCUMENT_BYTES } from '../src/storage/file/documents/documents.js';
import { PAGE_BYTES } from '../src/storage/store.js';

const read = (path: string) => readFileSync(path, 'utf8');

const GUIDES = readdirSync('docs').map((name) => `docs/${name}`);
const PAGES = ['README.md', 'CONTRIBUTING.md', ...GUIDES];

/** A number that a file of `src` doesn't export: the first that follows the name, as a product of powers. */
function numberIn(file: string, name: string): number {
  const found = new RegExp(`\\b${name}(?: =|:|\\()\\s?([\\d_]+(?: \\*\\*? [\\d_]+)*)`).exec(read(`src/${file}`));
  if (!found) throw new Error(`${file} has no number ${name}.`);
  return found[1]!
    .replaceAll('_', '')
    .split(' * ')
    .map((factor) => factor.split(' ** ').map(Number))
    .reduce((product, [base = Number.NaN, exponent = 1]) => product * base ** exponent, 1);
}

const count = (value: number) => value.toLocaleString('en');
const megabytes = (bytes: number) => `${count(bytes / 2 ** 20)} MB`;
const kilobytes = (bytes: number) => `${count(bytes / 2 ** 10)} KB`;
const seconds = (ms: number) => `${count(ms / 1_000)} s`;

/** Each limit that docs/security.md states, as the code has it. */
const FIGURES = {
  'body, or WebSocket message': megabytes(LIMITS.bodyBytes),
  'values in its JSON': count(LIMITS.values),
  headers: kilobytes(LIMITS.headerBytes),
  'time until it has arrived': `${seconds(LIMITS.requestMs)}, checked every ${seconds(numberIn('server/server.ts', 'CHECK_MS'))}`,
  'query text, in characters': count(LIMITS.queryChars),
  'query tokens': count(LIMITS.tokens),
  'nesting of brackets in the query; of lists and objects in variables': count(LIMITS.nesting),
  'nesting of fields': count(LIMITS.depth),
  'fields in the query': count(LIMITS.fields),
  aliases: count(LIMITS.aliases),
  'fields that repeat one of the same selection': count(LIMITS.repeated),
  fragments: count(LIMITS.fragments),
  'cost: fields that the answer may contain': count(LIMITS.cost),
  '– cost of a search': count(COSTS.search.cost),
  '– cost of a part of an exported conversation': count(COSTS.export.cost),
  '– cost of a scan of a storage mode or project, or of a request to another server': count(COSTS.scan.cost),
  'items on a page': count(MAX_PAGE),
  'bytes of records on a page': megabytes(PAGE_BYTES),
  'bytes of records read': megabytes(LIMITS.recordBytes),
  'answer, or event': megabytes(LIMITS.answerBytes),
  'variables of a subscription, in characters of JSON': count(LIMITS.subscriptionChars),
  'operations on one WebSocket': count(LIMITS.operationsPerSocket),
  'unanswered requests on one connection': count(numberIn('server/connections.ts', 'MOST_UNANSWERED')),
  'bytes of records held': megabytes(LIMITS.recordBytesOfAll),
  'bodies and WebSocket messages being received': megabytes(LIMITS.bodyBytesOfAll),
  'answers waiting to be sent': megabytes(LIMITS.answerBytesOfAll),
  'a body, message or answer that is always accepted': kilobytes(LIMITS.smallBytes),
  'cost of an operation that starts at once': count(numberIn('server/execution/engine.ts', 'SMALL_COST')),
  'answers waiting to be sent on one WebSocket': megabytes(
    numberIn('server/websocket/socket-channel.ts', 'MAX_WAITING_BYTES'),
  ),
  'time that a client may read nothing while data waits for it': seconds(numberIn('server/server.ts', 'STALL_MS')),
  'projects open at once': count(numberIn('repositories/project-stores.ts', 'MOST_OPEN')),
  'records written by one call': count(MAX_BATCH),
  'content of a memory': megabytes(MAX_CONTENT_BYTES),
  "description, analysis, custom instructions, a task's stage results together": megabytes(MAX_PROSE_BYTES),
  'value of a state': megabytes(MAX_STATE_BYTES),
  "metadata, a project's settings, output of a stage": kilobytes(MAX_METADATA_BYTES),
  'nesting of lists and objects in a JSON value': count(MAX_JSON_DEPTH),
  'name of a project, title of a session, in characters': count(MAX_NAME),
  'title of a task, in characters': count(numberIn('domain/task.ts', 'MAX_TITLE')),
  '`externalId`, in characters': count(numberIn('domain/fields/common.ts', 'externalId = label')),
  'characters of a search query that are used': count(MAX_QUERY),
  'words of them that are searched for': count(MAX_TERMS),
  'text in a filter, in characters': count(MAX_FILTER_TEXT),
  'values of a list in a filter': count(MAX_FILTER_VALUES),
  '`references` of a memory': count(MAX_REFERENCES),
  'length of a claim': seconds(MAX_LEASE * 1_000),
  'wait of a claim': seconds(MAX_WAIT * 1_000),
  '`toolName`, in characters': count(MAX_TOOL_NAME),
  '`toolCallId`, in characters': count(MAX_TOOL_CALL_ID),
  'keys of `metadata` in a filter': count(MAX_FILTER_KEYS),
  'bytes of `metadata` in a filter': kilobytes(MAX_FILTER_BYTES),
  'tokens of a `memoryContext`': count(MAX_CONTEXT_TOKENS),
  "a record's file": megabytes(DOCUMENT_BYTES),
  '`head.json`, `project.json`': megabytes(numberIn('storage/file/log/head-file.ts', 'MOST_BYTES')),
  'entries of a folder of projects': count(numberIn('storage/shared/trash.ts', 'MOST_ENTRIES')),
  'one scan of a folder': seconds(numberIn('storage/file/inspector.ts', 'DEADLINE')),
  'a list of all projects in a folder': seconds(numberIn('storage/file/inspector.ts', 'LIST_DEADLINE')),
  'folders that hang': count(numberIn('storage/file/inspector.ts', 'MOST_STUCK')),
  'answer of Chroma': megabytes(numberIn('search/chroma/guarded-fetch.ts', 'MAX_BYTES')),
  'values in it': count(numberIn('network/json-size.ts', 'MAX_VALUES')),
  'message of MongoDB, in bytes': count(numberIn('storage/mongodb/connection/wire.ts', 'MAX_MESSAGE')),
  'answer of Voyage AI, apart from the requested vectors': kilobytes(
    numberIn('embedding/voyage/embed-request.ts', 'BYTES'),
  ),
  "headers of Chroma's and Voyage AI's answers": kilobytes(numberIn('network/http.ts', 'MAX_HEADER_BYTES')),
  'text of a server in a message, in characters': count(numberIn('network/server-text.ts', 'most')),
  'name that a client chose, in the log, in characters': count(numberIn('server/log.ts', 'NAME_CHARS')),
  'message of an error in the log, in characters': count(numberIn('server/log.ts', 'MESSAGE_CHARS')),
  'stack in the log, in characters': count(numberIn('server/log.ts', 'STACK_CHARS')),
  'lines that wait for a reader of the log': megabytes(numberIn('server/log-output.ts', 'WAITING_BYTES')),
  'errors reported for one query': count(LIMITS.mistakes),
  'errors reported for its variables': count(numberIn('server/execution/coercion.ts', 'MAX_MISTAKES')),
};

/** The rows of all tables that have a column for values. */
function limitsIn(text: string): Readonly<Record<string, string>> {
  const tables = text.split(/^\| limit \| value \|.*\n\|[-|]+\|\n/m).slice(1);
  const rows = tables.flatMap((table) => /^(?:\|.*\n)+/.exec(table)![0].trim().split('\n'));
  return Object.fromEntries(
    rows.map((row) =>
      row
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, 3),
    ),
  );
}

/** The anchors that GitHub gives the headings of a page. */
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('a page', () => {
  const PATH = /(?<![\w./-])(?:src|test|bench|scripts|examples|tools|models|bin|docs|\.ci)\/[\w./-]*\w/g;

  it.each(PAGES)('%s names only files that exist', (page) => {
    const named = [...read(page).matchAll(PATH)].map(([path]) => path);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });

  it.each([...PAGES, 'CHANGELOG.md'])('%s links only to pages and headings that exist', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].map(([, path, anchor]) => ({
      path: path ? normalize(join(dirname(page), path)) : page,
      anchor,
    }));
    const isBroken = ({ path, anchor }: (typeof links)[number]) =>
      !existsSync(path) || (anchor !== undefined && !anchorsOf(read(path)).includes(anchor));
    expect(links.filter(isBroken)).toEqual([]);
  });

  it.each(GUIDES)('%s is linked from README.md or CONTRIBUTING.md', (page) => {
    expect(`${read('README.md')}${read('CONTRIBUTING.md')}`).toContain(`](${page})`);
  });
});

describe('docs/settings.md', () => {
  const rows = [...read('docs/settings.md').matchAll(/^\| (`.+?) \| (.*?) \|/gm)];
  const namesIn = (text: string) => [...text.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name!);

  it('lists every environment variable that the code reads, and no other', () => {
    const variables = [
      ...read('src/config/variables.ts').matchAll(/^ {2}([A-Z_]+): /gm),
      ...read('src/config/storage-environment.ts').matchAll(/'([A-Z]+(?:_[A-Z]+)+)'/g),
    ].map(([, name]) => name!);
    expect(rows.flatMap(([, names]) => namesIn(names!)).sort()).toEqual(variables.sort());
  });

  it('has the defaults of the code', () => {
    const defaults = Object.fromEntries(rows.map(([, names, value]) => [namesIn(names!)[0], value]));
    const settings = loadSettings({});
    expect(defaults).toMatchObject({
      HOST: `\`${settings.host}\``,
      PORT: `\`${settings.port}\``,
      MOORING_RETENTION_DAYS: `\`${settings.retentionDays}\``,
      MOORING_LOG_RETENTION_DAYS: `\`${settings.logRetentionDays}\``,
      MOORING_PACING_MS: `\`${settings.pacingMs}\``,
      MOORING_STORAGE_MODE: `\`${settings.storageMode}\``,
      MOORING_SECRETS: `\`${settings.secrets.toLowerCase()}\``,
      MOORING_LOG_LEVEL: `\`${settings.logLevel}\``,
    });
  });
});

it('every test that docs/security.md names exists', () => {
  const named = [...read('docs/security.md').matchAll(/`(test\/\S+\.test\.ts)`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

describe('the limits stated', () => {
  it('in docs/security.md are those of the code, and all of them', () => {
    expect(limitsIn(read('docs/security.md'))).toEqual(FIGURES);
  });

  it('in docs/protocol.md are those of the code', () => {
    const text = read('docs/protocol.md');
    expect(text).toContain(
      `a body of more than ${megabytes(LIMITS.bodyBytes)}, or of more than ${count(LIMITS.values)} values`,
    );
    expect(text).toContain(`has at most ${megabytes(LIMITS.answerBytes)} of JSON`);
    expect(text).toContain(`| 1009 | a message of more than ${megabytes(LIMITS.bodyBytes)} |`);
  });

  it('in docs/api.md are those of the code', () => {
    const text = read('docs/api.md');
    expect(text).toContain(
      `at most ${LIMITS.depth} levels, ${LIMITS.aliases} aliases and ${count(LIMITS.tokens)} tokens of query text (${kilobytes(LIMITS.queryChars)}), and send ${megabytes(LIMITS.bodyBytes)}`,
    );
    expect(text).toContain(`\`first\` and \`last\` go from 1 to ${MAX_PAGE}`);
    expect(text).toContain(`An answer has at most ${megabytes(LIMITS.answerBytes)}`);
  });

  it.each([
    ['CreateProjectInput', ['name'], `${count(MAX_NAME)} characters`],
    ['CreateProjectInput', ['description', 'customInstructions'], megabytes(MAX_PROSE_BYTES)],
    ['CreateProjectInput', ['settings'], kilobytes(MAX_METADATA_BYTES)],
    ['TaskInput', ['title'], `${count(numberIn('domain/task.ts', 'MAX_TITLE'))} characters`],
    ['TaskInput', ['description', 'analysis', 'stageResults'], megabytes(MAX_PROSE_BYTES)],
    ['TaskInput', ['dependsOn', 'testingUrls', 'stageResults'], `${numberIn('domain/task.ts', 'MAX_ITEMS')}`],
    ['TaskInput', ['externalId'], `${numberIn('domain/fields/common.ts', 'externalId = label')} characters`],
    ['StageResultInput', ['output'], kilobytes(MAX_METADATA_BYTES)],
    ['MemoryInput', ['content'], megabytes(MAX_CONTENT_BYTES)],
    ['MemoryInput', ['metadata'], kilobytes(MAX_METADATA_BYTES)],
    ['MemoryInput', ['sessionId'], `${numberIn('domain/session.ts', 'sessionKey = label')} characters`],
    ['SaveStateInput', ['key'], `${numberIn('domain/state.ts', 'key: label')} characters`],
    ['SaveStateInput', ['value'], megabytes(MAX_STATE_BYTES)],
    ['UpdateSessionInput', ['title'], `${count(MAX_NAME)} characters`],
    ['UpdateSessionInput', ['metadata'], kilobytes(MAX_METADATA_BYTES)],
    ['CreateTasksInput', ['tasks'], `1 to ${count(MAX_BATCH)}`],
    ['SaveMemoriesInput', ['memories'], `1 to ${count(MAX_BATCH)}`],
  ])('in the schema are those of the code: %s, %s', (type, fields, limit) => {
    const [, body] = new RegExp(`^input ${type} \\{\\n([^]*?)^\\}`, 'm').exec(read('schema.graphql'))!;
    for (const field of fields) {
      const [, described] = new RegExp(`"""((?:(?!""")[^])*)"""\\n  ${field}:`).exec(body!)!;
      expect(described).toContain(limit);
    }
  });
});
