import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src/', import.meta.url));

const UTIL = ['util/'];
const DOMAIN = [...UTIL, 'domain/'];
const CONTRACTS = [
  ...DOMAIN,
  'storage/store.ts',
  'storage/collections.ts',
  'storage/account-collections.ts',
  'storage/sign-in-collections.ts',
  'storage/upgrades.ts',
  'storage/store-errors.ts',
  'storage/health.ts',
  'files/',
  'embedding/embedder.ts',
  'search/contract.ts',
  'search/task-graph.ts',
  'search/vectors/vector-index.ts',
];
const REPOSITORIES = [...CONTRACTS, 'modes/contract.ts', 'repositories/'];
const MIGRATION = [...REPOSITORIES, 'migration/'];
const SERVICES = [...MIGRATION, 'screening/', 'services/'];
const GRAPHQL = [...SERVICES, 'secrets/', 'graphql/'];

/**
 * What FILE has of SQLite: its cache is the database of a SQLite store. The tables and what is written into them (`schema`,
 * `apply`, `log-history`, `log`, `query`), what removes erased texts, their connection, and the store that answers reads, with its reader and writer.
 */
const CACHE = [
  'schema',
  'apply',
  'log-history',
  'log',
  'query',
  'scrub',
  'connection',
  'store',
  'reader',
  'writer',
].map((name) => `storage/sqlite/${name}.ts`);

/** What each part may import, the first match counts. One direction: main, app, server, graphql, services, repositories, contracts, domain, util. */
const MAY_IMPORT: readonly (readonly [part: string, allowed: readonly string[]])[] = [
  ['util/', UTIL],
  ['domain/', DOMAIN],
  ['files/', [...DOMAIN, 'files/']],
  ['storage/changes.ts', DOMAIN],
  ['storage/store.ts', [...DOMAIN, 'storage/changes.ts']],
  ['secrets/', [...DOMAIN, 'secrets/']],
  ['screening/', [...DOMAIN, 'secrets/', 'screening/']],
  ['storage/collections.ts', CONTRACTS],
  ['storage/account-collections.ts', CONTRACTS],
  ['storage/sign-in-collections.ts', CONTRACTS],
  ['storage/upgrades.ts', DOMAIN],
  ['storage/store-errors.ts', DOMAIN],
  ['storage/health.ts', DOMAIN],
  // What more than one driver needs belongs to none of them.
  ['storage/shared/', [...CONTRACTS, 'storage/shared/']],
  ['storage/sqlite/', [...CONTRACTS, 'storage/shared/', 'storage/sqlite/']],
  ['network/', [...UTIL, 'network/']],
  ['storage/mongodb/', [...CONTRACTS, 'network/', 'storage/shared/', 'storage/mongodb/']],
  ['storage/file/', [...CONTRACTS, 'screening/', 'storage/shared/', 'storage/file/', ...CACHE]],
  ['embedding/', [...DOMAIN, 'storage/health.ts', 'network/', 'embedding/']],
  ['search/', [...CONTRACTS, 'network/', 'search/']],
  ['modes/contract.ts', CONTRACTS],
  ['modes/', [...CONTRACTS, 'storage/', 'search/', 'embedding/', 'modes/']],
  ['repositories/', REPOSITORIES],
  ['migration/', MIGRATION],
  ['services/', SERVICES],
  // Who sends a request: it reads the catalog, and is asked by the server.
  ['authentication/', [...SERVICES, 'endpoint/owner-token.ts', 'authentication/']],
  // The library for signing in, in a thread of its own.
  ['sign-in/', [...SERVICES, 'storage/shared/', 'sign-in/']],
  // Mails, and what they say.
  ['mail/', [...DOMAIN, 'mail/']],
  // Small pages: clients of the API and of the library for signing in.
  ['pages/', [...DOMAIN, 'pages/']],
  ['graphql/', GRAPHQL],
  [
    'server/',
    [
      ...DOMAIN,
      'authentication/contract.ts',
      'sign-in/contract.ts',
      'pages/',
      'secrets/',
      'graphql/',
      'mcp/',
      'hook/',
      'server/',
      'config/settings.ts',
    ],
  ],
  ['config/', [...DOMAIN, 'config/', 'files/']],
  // How clients reach a server, and prove who asks. Light: hooks load it.
  ['endpoint/', [...UTIL, 'config/', 'files/', 'endpoint/']],
  // What an agent's program starts, over and over: light, but for the server, which is loaded when it has to be started.
  [
    'agents/host.ts',
    [...UTIL, 'agents/', 'app.ts', 'config/', 'hook/spool/empty.ts', 'idle-memory.ts', 'server/log.ts'],
  ],
  ['agents/', [...UTIL, 'agents/', 'config/', 'endpoint/', 'mcp/', 'hook/']],
  // A client of the API that loads fast: no library, and of the server's parts none.
  [
    'hook/',
    [
      ...UTIL,
      'hook/',
      'config/environment.ts',
      'config/home.ts',
      'config/presence.ts',
      'config/server-file.ts',
      'config/server-list.ts',
      'config/server-url.ts',
      'endpoint/',
      'files/',
      'secrets/',
    ],
  ],
  ['app.ts', ['']],
  ['background.ts', [...SERVICES, 'modes/']],
  ['cli/server.ts', [...UTIL, 'cli/', 'agents/', 'app.ts', 'config/', 'endpoint/', 'serve.ts']],
  // What is kept of the user who runs commands, and loaded on demand.
  ['cli/credentials.ts', [...UTIL, 'cli/', 'authentication/setup-token.ts', 'config/', 'endpoint/']],
  // A client of the API: it shares nothing with the server but general helpers.
  ['cli/', [...UTIL, 'cli/', 'endpoint/', 'hook/']],
  // Another client of the API, which the server and the command line host.
  ['mcp/', [...UTIL, 'endpoint/', 'mcp/']],
  ['idle-memory.ts', []],
  [
    'serve.ts',
    [
      'app.ts',
      'authentication/contract.ts',
      'config/',
      'hook/spool/empty.ts',
      'idle-memory.ts',
      'util/',
      'domain/',
      'server/',
    ],
  ],
  ['main.ts', ['serve.ts']],
];

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const importsOf = (file: string) =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/(?:from|import\(|import|new URL\()\s*'(\.[^']+)'/g)].map(
    ([, path]) => normalize(join(dirname(file), path!)).replace(/\.js$/, '.ts'),
  );

/** A chain of imports that ends where it began; null when there is none. */
function findCycle(all: readonly string[]): readonly string[] | null {
  const isDone = new Set<string>();
  const walk = (file: string, chain: readonly string[]): readonly string[] | null => {
    if (chain.includes(file)) return [...chain.slice(chain.indexOf(file)), file];
    if (isDone.has(file) || !all.includes(file)) return null;
    for (const path of importsOf(file)) {
      const cycle = walk(path, [...chain, file]);
      if (cycle) return cycle;
    }
    isDone.add(file);
    return null;
  };
  for (const file of all) {
    const cycle = walk(file, []);
    if (cycle) return cycle;
  }
  return null;
}

/** A folder with more files than this next to each other is one in which nobody finds a file by its name. */
const MAX_FILES = 18;
/** What doesn't fit on a few screens holds more than one thing. */
const MAX_LINES = 250;
const GENERATED = ['cli/gql/', 'mcp/gql/'];

describe('the sources', () => {
  it('lie in folders that are small enough to scan', () => {
    const inside = (folder: string) => files.filter((file) => dirname(file) === folder);
    const folders = [...new Set(files.map((file) => dirname(file)))];
    expect(folders.filter((folder) => inside(folder).length > MAX_FILES)).toEqual([]);
  });

  it('lie in files that can be read in one sitting', () => {
    const lines = (file: string) => readFileSync(join(src, file), 'utf8').split('\n').length - 1;
    expect(
      files.filter((file) => !GENERATED.some((folder) => file.startsWith(folder)) && lines(file) > MAX_LINES),
    ).toEqual([]);
  });
});

describe('imports', () => {
  it.each(files)('of %s point one way', (file) => {
    const allowed = MAY_IMPORT.find(([part]) => file.startsWith(part))?.[1];
    expect(allowed, `no rule says what ${file} may import`).toBeDefined();
    expect(importsOf(file).filter((path) => !allowed!.some((part) => path.startsWith(part)))).toEqual([]);
  });

  it('form no cycle, types and threads included', () => {
    expect(findCycle(files)).toBeNull();
  });

  it('leave the environment to the settings', () => {
    // Only a library reads the variable set there.
    const exempt = ['config/environment.ts', 'embedding/minilm/telemetry.ts'];
    expect(
      files.filter((file) => !exempt.includes(file) && readFileSync(join(src, file), 'utf8').includes('process.env')),
    ).toEqual([]);
  });
});
