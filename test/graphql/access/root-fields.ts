/**
 * Every root field of the API, and who may use it. A new field gets a row here: how it is asked for something in a project,
 * and the rights that it takes.
 */

/** What each caller gets: `+` it is carried out, `F` it is forbidden, `0` as if there were no such thing. */
export const CALLERS = [
  ...['LOCAL', 'OWNER', 'ADMIN'],
  ...['MEMBER', 'VIEWER', 'OPERATOR'],
  ...['READ', 'WRITE', 'MANAGE'],
  'MANAGE of another',
  ...['projects:create', 'storage:operate', 'storage:administer', 'migrations:run', 'users:administer'],
  'all permissions, for another',
] as const;

export const RIGHTS = {
  signedIn: '+++ +++ +++ + +++++ +',
  /** Null: there is none. */
  environment: '000 000 000 0 00000 0',
  sees: '+++ 0++ +++ 0 0+++0 0',
  reads: '+++ 0+F +++ 0 0FFF0 0',
  writes: '+++ 0FF F++ 0 0FFF0 0',
  manages: '+++ 0FF FF+ 0 0FFF0 0',
  moves: '+++ 0F+ FF+ 0 0FF+0 0',
  movesAnywhere: '+++ 0FF FFF 0 0FFF0 0',
  repairsIndex: '+++ 0F+ FF+ 0 0+FF0 0',
  createsProjects: '+++ +FF FFF F +FFFF +',
  createsAnywhere: '+++ FFF FFF F FFFFF +',
  operatesStorage: '+++ FF+ FFF F F++FF +',
  administersStorage: '+++ FFF FFF F FF+FF +',
  administersUsers: '+++ FFF FFF F FFFF+ +',
  seesUsers: '+++ 000 000 0 0000+ +',
  shares: '+++ 0FF FF+ 0 0FFF0 0',
  sharesAll: '+++ FFF FFF F FFFFF F',
  audits: '+++ FFF FFF F FFFFF +',
  auditsProject: '+++ 0FF FF+ 0 0FFF0 +',
  usersOnly: 'FFF FFF FFF F FFFFF F',
  administersKeys: '+++ FFF FFF F FFFFF +',
  makesKeys: '+++ FFF FFF F FFFFF 0',
  makesKeysForAll: '+++ FFF FFF F FFFFF F',
  seesKey: '+++ 000 000 0 00000 +',
} as const;

/** What is asked for: the ids of a project and of what is in it. */
export interface Ids {
  readonly project: string;
  readonly task: string;
  readonly memory: string;
  readonly session: string;
  readonly state: string;
  readonly migration: string;
  /** Somebody else. */
  readonly user: string;
  /** A service key for the project. */
  readonly apiKey: string;
}

export interface Row {
  /** `Query.task`, with what is special about it. */
  readonly name: string;
  readonly rights: keyof typeof RIGHTS;
  readonly ask: (ids: Ids) => { readonly query: string; readonly variables: Record<string, unknown> };
}

const ERROR =
  '... on Error { code message hint } ... on NotFoundError { recordId } ... on ForbiddenError { permission level projectId }';

function query(name: string, rights: Row['rights'], field: (ids: Ids) => string): Row {
  return { name: `Query.${name}`, rights, ask: (ids) => ({ query: `{ it: ${field(ids)} }`, variables: {} }) };
}

function subscription(name: string, rights: Row['rights'], field: (ids: Ids) => string): Row {
  const ask = (ids: Ids) => ({ query: `subscription { it: ${field(ids)} }`, variables: {} });
  return { name: `Subscription.${name}`, rights, ask };
}

/** @param input one that those who may aren't refused with NOT_FOUND, and that leaves the project as it is */
function mutation(name: string, rights: Row['rights'], input: (ids: Ids) => Record<string, unknown>): Row {
  const field = name.split(' ')[0]!;
  const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input!`;
  const text = `mutation ($input: ${type}) { it: ${field}(input: $input) { __typename ${ERROR} } }`;
  return { name: `Mutation.${name}`, rights, ask: (ids) => ({ query: text, variables: { input: input(ids) } }) };
}

const STALE = 999;
const TOKEN = 'not-a-token';

/** `updateTask`, `deleteTask`, `restoreTask`, `purgeTask` for `Task`. */
function ofRecord(type: string, id: (ids: Ids) => string, rights: 'writes' | 'manages'): Row[] {
  const stale = (ids: Ids) => ({ id: id(ids), version: STALE });
  return [
    ...(type === 'State' ? [] : [mutation(`update${type}`, rights, stale)]),
    mutation(`delete${type}`, rights, stale),
    mutation(`restore${type}`, rights, (ids) => ({ id: id(ids) })),
    mutation(`purge${type}`, 'manages', (ids) => ({ ...stale(ids), token: TOKEN })),
  ];
}

const inProject = (more: object) => (ids: Ids) => ({ projectId: ids.project, ...more });
const command = (name: string) => mutation(name, 'moves', ({ migration }) => ({ id: migration }));

export const ROWS: readonly Row[] = [
  query('serverInfo', 'signedIn', () => 'serverInfo { version }'),
  query('node of a project', 'sees', ({ project }) => `node(id: "${project}") { id }`),
  query('node of a task', 'reads', ({ task }) => `node(id: "${task}") { id }`),
  query('node of a migration', 'sees', ({ migration }) => `node(id: "${migration}") { id }`),
  query('nodes', 'signedIn', ({ project, migration }) => `nodes(ids: ["${project}", "${migration}"]) { id }`),
  query('project', 'sees', ({ project }) => `project(by: { id: "${project}" }) { id }`),
  query('projects', 'signedIn', () => 'projects { totalCount }'),
  query('projectListCursor', 'signedIn', () => 'projectListCursor'),
  query('task', 'reads', ({ task }) => `task(id: "${task}") { id }`),
  query('task by handle', 'reads', ({ project, task }) => {
    const handle = task.slice(15, 22);
    return `task(by: { projectId: "${project}", handle: "${handle}" }) { id }`;
  }),
  query('taskBoard', 'reads', ({ project }) => `taskBoard(projectId: "${project}") { ready }`),
  query('memory', 'reads', ({ memory }) => `memory(id: "${memory}") { id }`),
  query('session', 'reads', ({ session }) => `session(id: "${session}") { id }`),
  query('state', 'reads', ({ state }) => `state(id: "${state}") { id }`),
  query('migration', 'sees', ({ migration }) => `migration(id: "${migration}") { id }`),
  query('migrations', 'signedIn', () => 'migrations { totalCount }'),
  query('migrations of a project', 'signedIn', ({ project }) => `migrations(projectId: "${project}") { totalCount }`),
  query(
    'estimateMigration',
    'moves',
    ({ project }) => `estimateMigration(projectId: "${project}", to: FILE) { seconds }`,
  ),
  query(
    'estimateMigration to a location',
    'movesAnywhere',
    ({ project }) => `estimateMigration(projectId: "${project}", to: FILE, location: "/srv/files") { seconds }`,
  ),
  query('storageConfig', 'administersStorage', () => 'storageConfig { modes { mode } }'),
  query('storageHealth', 'operatesStorage', () => 'storageHealth(mode: LOCAL) { ok }'),
  query('attachableProjects', 'administersStorage', () => 'attachableProjects(mode: LOCAL) { projectId }'),

  query('viewer', 'signedIn', () => 'viewer { kind }'),
  query('user', 'seesUsers', ({ user }) => `user(id: "${user}") { id }`),
  query('node of a user', 'seesUsers', ({ user }) => `node(id: "${user}") { id }`),
  query('users', 'administersUsers', () => 'users { totalCount }'),
  query('roles', 'signedIn', () => 'roles { id }'),
  query('auditLog', 'audits', () => 'auditLog { nodes { at } }'),
  query('auditLog of a project', 'auditsProject', ({ project }) => {
    return `auditLog(filter: { projectId: "${project}" }) { nodes { at } }`;
  }),
  query('auditLogCsv', 'audits', () => 'auditLogCsv { text }'),
  query('auditLogCsv of a record', 'auditsProject', ({ task }) => {
    return `auditLogCsv(filter: { recordId: "${task}" }) { text }`;
  }),

  mutation('createUser', 'administersUsers', () => ({ email: 'not an email', name: 'x' })),
  mutation('updateUser', 'administersUsers', () => ({ id: 'not an id', version: 1 })),
  mutation('updateProfile', 'usersOnly', () => ({ name: 'x' })),
  mutation('disableUser', 'administersUsers', () => ({ id: 'not an id' })),
  mutation('enableUser', 'administersUsers', () => ({ id: 'not an id' })),
  mutation('deleteUser', 'administersUsers', () => ({ id: 'not an id', version: 1 })),
  mutation('restoreUser', 'administersUsers', () => ({ id: 'not an id' })),
  query('signIns', 'usersOnly', () => 'signIns { nodes { id } }'),
  query('oauthClients', 'usersOnly', () => 'oauthClients { nodes { id } }'),
  mutation('inviteUser', 'administersUsers', () => ({ email: 'not an email', name: 'x' })),
  mutation('resetPassword', 'administersUsers', () => ({ userId: 'not an id' })),
  mutation('setPassword', 'usersOnly', () => ({ newPassword: 'not quite a password' })),
  mutation('endSignIn', 'signedIn', () => ({ id: 'not an id' })),
  mutation('revokeConsent', 'signedIn', () => ({ id: 'not an id' })),
  mutation('endOtherSignIns', 'usersOnly', () => ({})),
  mutation('createRole', 'administersUsers', () => ({ name: '', permissions: [] })),
  mutation('updateRole', 'administersUsers', () => ({ id: 'not an id', version: 1 })),
  mutation('deleteRole', 'administersUsers', () => ({ id: 'not an id', version: 1 })),
  mutation('grantAccess', 'shares', inProject({ email: 'nobody@example.com', level: 'READ' })),
  mutation('grantAccess to all projects', 'sharesAll', () => ({
    email: 'nobody@example.com',
    allProjects: true,
    level: 'READ',
  })),
  mutation('revokeAccess', 'shares', inProject({ email: 'nobody@example.com' })),

  query('outsideKeys', 'signedIn', () => 'outsideKeys { provider }'),
  query('outsideKeys for all users', 'administersKeys', () => 'outsideKeys(shared: true) { provider }'),
  query('outsideKey', 'environment', () => 'outsideKey(provider: "none") { __typename }'),
  mutation('saveOutsideKey', 'administersKeys', () => ({ provider: 'other', secret: 'not so secret', shared: true })),
  mutation('deleteOutsideKey', 'signedIn', () => ({ id: 'not an id' })),
  mutation('rotateSecrets', 'administersKeys', () => ({ dryRun: true })),

  mutation('createProject', 'createsProjects', () => ({ name: 'Quay' })),
  mutation('createProject at a location', 'createsAnywhere', () => ({
    name: 'Quay',
    settings: { fileStorePath: '/srv/files' },
  })),
  ...ofRecord('Project', ({ project }) => project, 'manages'),
  mutation('scanSecrets', 'manages', inProject({})),
  mutation('attachProject', 'administersStorage', inProject({ mode: 'LOCAL' })),
  mutation('repairIndex', 'repairsIndex', inProject({})),

  mutation('createTask', 'writes', inProject({ title: 'Moor' })),
  mutation('createTasks', 'writes', inProject({ tasks: [{ title: 'Moor' }] })),
  mutation('upsertTask', 'writes', inProject({ externalId: 'mine', title: 'Moor' })),
  mutation('deleteTasks', 'writes', inProject({ filter: { text: 'nothing has this' } })),
  ...ofRecord('Task', ({ task }) => task, 'writes'),
  mutation('claimTask', 'writes', inProject({ agent: 'ada' })),
  mutation('renewClaim', 'writes', ({ task }) => ({ id: task, token: STALE })),
  mutation('releaseTask', 'writes', ({ task }) => ({ id: task, token: STALE })),
  mutation('completeTask', 'writes', ({ task }) => ({ id: task, token: STALE })),

  mutation('saveMemory', 'writes', inProject({ role: 'USER', content: 'Ahoy' })),
  mutation('saveMemories', 'writes', inProject({ memories: [{ role: 'USER', content: 'Ahoy' }] })),
  mutation('upsertMemory', 'writes', inProject({ externalId: 'mine', role: 'USER', content: 'Ahoy' })),
  mutation('deleteMemories', 'writes', inProject({ filter: { sessionId: 'nothing has this' } })),
  ...ofRecord('Memory', ({ memory }) => memory, 'writes'),

  mutation('createSession', 'writes', inProject({})),
  mutation('upsertSession', 'writes', inProject({ key: 'talk' })),
  mutation('deleteSessions', 'writes', inProject({ filter: { key: 'nothing has this' } })),
  ...ofRecord('Session', ({ session }) => session, 'writes'),

  mutation('saveState', 'writes', ({ project }) => ({ ownerId: project, key: 'tide', value: 1, overwrite: true })),
  mutation('saveState of a task', 'writes', ({ task }) => ({ ownerId: task, key: 'tide', value: 1, overwrite: true })),
  mutation('upsertState', 'writes', ({ session }) => ({ ownerId: session, key: 'tide', value: 1 })),
  mutation('deleteStates', 'writes', inProject({ filter: { key: 'nothing has this' } })),
  ...ofRecord('State', ({ state }) => state, 'writes'),

  mutation('requestPurge', 'manages', ({ task }) => ({ id: task })),
  mutation('requestPurge of a project', 'manages', ({ project }) => ({ id: project })),
  mutation('revertRecord', 'writes', ({ task }) => ({ id: task, version: STALE, toVersion: 1 })),
  mutation('revertRecord of a project', 'manages', ({ project }) => ({ id: project, version: STALE, toVersion: 1 })),
  mutation('revertRequest', 'writes', inProject({ requestId: 'nothing-has-this' })),

  mutation('startMigration', 'moves', inProject({ to: 'FILE' })),
  mutation('startMigration to a location', 'movesAnywhere', inProject({ to: 'FILE', location: '/srv/files' })),
  command('pauseMigration'),
  command('resumeMigration'),
  command('cancelMigration'),
  command('cutOverMigration'),
  command('rollBackMigration'),
  command('verifyMigration'),
  mutation('finalizeMigration', 'moves', ({ migration }) => ({ id: migration, token: TOKEN })),

  mutation('repairStorage', 'operatesStorage', () => ({ mode: 'LOCAL' })),
  mutation('testStorageConfig', 'administersStorage', () => ({ settings: { local: { chromaUrl: 'nowhere' } } })),
  mutation('saveStorageConfig', 'administersStorage', () => ({ settings: { local: {} }, token: TOKEN })),
  mutation('removeStorageConfig', 'administersStorage', () => ({ mode: 'LOCAL' })),

  query('apiKey', 'seesKey', ({ apiKey }) => `apiKey(id: "${apiKey}") { id }`),
  query('apiKeys', 'signedIn', () => 'apiKeys { totalCount }'),
  // Users make keys for themselves: these callers are none.
  mutation('createApiKey', 'makesKeys', ({ project }) => ({ name: 'Crane', projectIds: [project] })),
  mutation('createApiKey for the server', 'makesKeysForAll', () => ({ name: 'Crane', isService: true })),
  mutation('updateApiKey', 'seesKey', ({ apiKey }) => ({ id: apiKey, version: STALE, name: 'Crane' })),
  mutation('rotateApiKey', 'seesKey', ({ apiKey }) => ({ id: apiKey })),
  mutation('revokeApiKey', 'seesKey', ({ apiKey }) => ({ id: apiKey })),

  subscription('projectChanges', 'reads', ({ project }) => `projectChanges(projectId: "${project}") { cursor }`),
  subscription('projectListChanges', 'signedIn', () => 'projectListChanges { cursor }'),
  subscription('migrationProgress', 'sees', ({ migration }) => `migrationProgress(id: "${migration}") { cursor }`),
];
