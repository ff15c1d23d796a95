/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment ModeFields on StorageModeConfig {\n    mode available reason hint place vectorSearch embedder { model dimensions note } source savedAt overriddenBy\n    settings { name value source variable }\n    secrets { name isSet ending source variable }\n  }\n": typeof types.ModeFieldsFragmentDoc,
    "\n  query GetConfig { storageConfig { modes { ...ModeFields } } }\n": typeof types.GetConfigDocument,
    "\n  query GetHealth($mode: StorageMode) {\n    storageHealth(mode: $mode) {\n      mode ok isReachable place latencyMs problems missingIndexes\n      collections { name count } pool { inUse idle max } lastError { at message }\n    }\n  }\n": typeof types.GetHealthDocument,
    "\n  mutation TestConfig($input: TestStorageConfigInput!) {\n    testStorageConfig(input: $input) {\n      ... on TestStorageConfigPayload {\n        passed checks { name outcome ms message hint } token projectIds\n      }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.TestConfigDocument,
    "\n  mutation SaveConfig($input: SaveStorageConfigInput!) {\n    saveStorageConfig(input: $input) {\n      ... on SaveStorageConfigPayload { config { ...ModeFields } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.SaveConfigDocument,
    "\n  mutation RemoveConfig($input: RemoveStorageConfigInput!) {\n    removeStorageConfig(input: $input) {\n      ... on RemoveStorageConfigPayload { config { ...ModeFields } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.RemoveConfigDocument,
    "\n  query FindProject($by: ProjectBy!) {\n    project(by: $by) { id name storageMode deletedAt }\n  }\n": typeof types.FindProjectDocument,
    "\n  query ProjectOfFolder($by: ProjectBy!) {\n    project(by: $by) { id name path deletedAt capture captureToolCharacters }\n  }\n": typeof types.ProjectOfFolderDocument,
    "\n  mutation CreateProjectForImport($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload { project { id name path deletedAt capture captureToolCharacters } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.CreateProjectForImportDocument,
    "\n  mutation ImportSession($input: UpsertSessionInput!) {\n    upsertSession(input: $input) {\n      ... on UpsertSessionPayload { created }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.ImportSessionDocument,
    "\n  mutation ImportMemories($input: SaveMemoriesInput!) {\n    saveMemories(input: $input) {\n      ... on SaveMemoriesPayload { memories { id } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.ImportMemoriesDocument,
    "\n  query CountMemories($projectId: ID!) {\n    project(by: { id: $projectId }) { memories(first: 1) { totalCount } }\n  }\n": typeof types.CountMemoriesDocument,
    "\n  fragment MemoryRow on Memory { id occurredAt kind role pinned sessionId taskId content }\n": typeof types.MemoryRowFragmentDoc,
    "\n  query ListMemories($projectId: ID!, $filter: MemoryFilter, $first: Int, $after: String) {\n    project(by: { id: $projectId }) {\n      memories(filter: $filter, first: $first, after: $after) {\n        nodes { ...MemoryRow }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": typeof types.ListMemoriesDocument,
    "\n  query SearchMemories($projectId: ID!, $query: String!, $filter: MemoryFilter, $first: Int) {\n    project(by: { id: $projectId }) {\n      searchMemories(query: $query, filter: $filter, first: $first) { pending hits { score node { ...MemoryRow } } }\n    }\n  }\n": typeof types.SearchMemoriesDocument,
    "\n  fragment ProgressFields on MigrationProgress {\n    cursor migrationId phase isRollingBack isPaused\n    collections { name done total rejected verified }\n    vectors { done total failed }\n    rate etaSeconds lag { entries seconds } pacing\n    tokens dollars fenceMs canCutOver canRollBack message\n    problem { code message hint }\n    at\n  }\n": typeof types.ProgressFieldsFragmentDoc,
    "\n  fragment EstimateFields on MigrationEstimate {\n    checks { name outcome ms message hint }\n    collections { name records bytes }\n    bytes vectors isSameModel fromModel toModel tokens dollars seconds\n  }\n": typeof types.EstimateFieldsFragmentDoc,
    "\n  fragment MigrationFields on Migration {\n    id projectId project { name }\n    from { mode location } to { mode location }\n    dryRun autoCutOver batchSize onReject\n    phase isRollingBack isPaused isOver message\n    problem { code message hint }\n    progress { ...ProgressFields }\n    preflight { at estimate { ...EstimateFields } checks { name outcome ms message hint } }\n    verification { at isComplete seq collections { name compared mismatches repaired digest } }\n    rejects(first: 20) { nodes { collection recordId reason } pageInfo { hasNextPage } }\n    mismatches(first: 20) { nodes { collection recordId differing reason isRepaired } pageInfo { hasNextPage } }\n    createdAt movedAt endedAt\n  }\n": typeof types.MigrationFieldsFragmentDoc,
    "\n  query GetMigration($id: ID!) { migration(id: $id) { ...MigrationFields } }\n": typeof types.GetMigrationDocument,
    "\n  query ListMigrations($projectId: ID, $first: Int, $after: String) {\n    migrations(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        id projectId project { name } from { mode location } to { mode location }\n        dryRun phase isRollingBack isPaused isOver message createdAt endedAt\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.ListMigrationsDocument,
    "\n  query EstimateMigration($projectId: ID!, $to: StorageMode!, $location: String) {\n    estimateMigration(projectId: $projectId, to: $to, location: $location) { ...EstimateFields }\n  }\n": typeof types.EstimateMigrationDocument,
    "\n  query GetVerification($id: ID!) { migration(id: $id) { verification { at isComplete } } }\n": typeof types.GetVerificationDocument,
    "\n  query GetFinalization($id: ID!) { migration(id: $id) { phase finalization { token expiresAt consequence } } }\n": typeof types.GetFinalizationDocument,
    "\n  subscription FollowMigration($id: ID!, $after: String) {\n    migrationProgress(id: $id, after: $after) { ...ProgressFields }\n  }\n": typeof types.FollowMigrationDocument,
    "\n  mutation StartMigration($input: StartMigrationInput!) {\n    startMigration(input: $input) {\n      ... on StartMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.StartMigrationDocument,
    "\n  mutation PauseMigration($input: PauseMigrationInput!) {\n    pauseMigration(input: $input) {\n      ... on PauseMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.PauseMigrationDocument,
    "\n  mutation ResumeMigration($input: ResumeMigrationInput!) {\n    resumeMigration(input: $input) {\n      ... on ResumeMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.ResumeMigrationDocument,
    "\n  mutation CancelMigration($input: CancelMigrationInput!) {\n    cancelMigration(input: $input) {\n      ... on CancelMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.CancelMigrationDocument,
    "\n  mutation CutOverMigration($input: CutOverMigrationInput!) {\n    cutOverMigration(input: $input) {\n      ... on CutOverMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.CutOverMigrationDocument,
    "\n  mutation VerifyMigration($input: VerifyMigrationInput!) {\n    verifyMigration(input: $input) {\n      ... on VerifyMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.VerifyMigrationDocument,
    "\n  mutation RollBackMigration($input: RollBackMigrationInput!) {\n    rollBackMigration(input: $input) {\n      ... on RollBackMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.RollBackMigrationDocument,
    "\n  mutation FinalizeMigration($input: FinalizeMigrationInput!) {\n    finalizeMigration(input: $input) {\n      ... on FinalizeMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.FinalizeMigrationDocument,
    "\n  query ListAudit($filter: AuditFilter, $first: Int, $after: String) {\n    auditLog(filter: $filter, first: $first, after: $after) {\n      nodes {\n        at actor actorId actorName actorKind client operation collection recordId projectId version requestId summary\n        changes { field before after isHidden }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.ListAuditDocument,
    "\n  query ExportAudit($filter: AuditFilter, $first: Int, $after: String) {\n    auditLogCsv(filter: $filter, first: $first, after: $after) { text endCursor }\n  }\n": typeof types.ExportAuditDocument,
    "\n  fragment GrantRow on Grant {\n    id level projectId subjectId createdAt\n    subject {\n      __typename\n      ... on User { email name }\n      ... on Role { roleName: name }\n      ... on ApiKey { keyName: name ending }\n    }\n  }\n": typeof types.GrantRowFragmentDoc,
    "\n  query ListGrants($projectId: ID!, $first: Int, $after: String) {\n    project(by: { id: $projectId }) {\n      viewerLevel\n      access(first: $first, after: $after) {\n        nodes { ...GrantRow }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": typeof types.ListGrantsDocument,
    "\n  mutation GrantAccess($input: GrantAccessInput!) {\n    grantAccess(input: $input) {\n      ... on GrantAccessPayload { grant { ...GrantRow } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.GrantAccessDocument,
    "\n  mutation RevokeAccess($input: RevokeAccessInput!) {\n    revokeAccess(input: $input) {\n      ... on RevokeAccessPayload { grant { ...GrantRow } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.RevokeAccessDocument,
    "\n  fragment KeyRow on ApiKey {\n    id name ending level permissions projectIds ownerId owner { email name } isService status expiresAt perMinute allowedAddresses\n    createdAt createdById revokedAt replacedById lastUsedAt\n  }\n": typeof types.KeyRowFragmentDoc,
    "\n  query ListKeys($filter: ApiKeyFilter, $first: Int, $after: String) {\n    apiKeys(filter: $filter, first: $first, after: $after) {\n      nodes { ...KeyRow }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.ListKeysDocument,
    "\n  mutation CreateKey($input: CreateApiKeyInput!) {\n    createApiKey(input: $input) {\n      ... on CreateApiKeyPayload { secret apiKey { ...KeyRow } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.CreateKeyDocument,
    "\n  mutation RotateKey($input: RotateApiKeyInput!) {\n    rotateApiKey(input: $input) {\n      ... on RotateApiKeyPayload { secret apiKey { ...KeyRow } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.RotateKeyDocument,
    "\n  mutation RevokeKey($input: RevokeApiKeyInput!) {\n    revokeApiKey(input: $input) {\n      ... on RevokeApiKeyPayload { apiKey { ...KeyRow } others { ...KeyRow } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.RevokeKeyDocument,
    "\n  query WhoAmI {\n    viewer {\n      kind isOpen everywhere permissions\n      user { id email name role { name } }\n      key { id name ending level expiresAt projects { id name } }\n    }\n  }\n": typeof types.WhoAmIDocument,
    "\n  fragment RoleRow on Role { id version name description permissions everywhere isBuiltIn }\n": typeof types.RoleRowFragmentDoc,
    "\n  query ListRoles { roles { ...RoleRow } }\n": typeof types.ListRolesDocument,
    "\n  mutation CreateRole($input: CreateRoleInput!) {\n    createRole(input: $input) {\n      ... on CreateRolePayload { role { ...RoleRow } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.CreateRoleDocument,
    "\n  mutation UpdateRole($input: UpdateRoleInput!) {\n    updateRole(input: $input) {\n      ... on UpdateRolePayload { role { ...RoleRow } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.UpdateRoleDocument,
    "\n  mutation DeleteRole($input: DeleteRoleInput!) {\n    deleteRole(input: $input) {\n      ... on DeleteRolePayload { role { ...RoleRow } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.DeleteRoleDocument,
    "\n  query GetUser($id: ID!) { user(id: $id) { ...UserRow } }\n": typeof types.GetUserDocument,
    "\n  fragment UserRow on User { id version email name role { id name } disabledAt deletedAt createdAt }\n": typeof types.UserRowFragmentDoc,
    "\n  query ListUsers($filter: UserFilter, $deleted: DeletedFilter, $first: Int, $after: String) {\n    users(filter: $filter, deleted: $deleted, first: $first, after: $after) {\n      nodes { ...UserRow }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.ListUsersDocument,
    "\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) {\n      ... on CreateUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.CreateUserDocument,
    "\n  mutation InviteUser($input: InviteUserInput!) {\n    inviteUser(input: $input) {\n      ... on InviteUserPayload { user { ...UserRow } link { path url expiresAt } isMailed }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.InviteUserDocument,
    "\n  mutation ResetPassword($input: ResetPasswordInput!) {\n    resetPassword(input: $input) {\n      ... on ResetPasswordPayload { link { path url expiresAt } isMailed }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.ResetPasswordDocument,
    "\n  mutation UpdateUser($input: UpdateUserInput!) {\n    updateUser(input: $input) {\n      ... on UpdateUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.UpdateUserDocument,
    "\n  mutation DisableUser($input: DisableUserInput!) {\n    disableUser(input: $input) {\n      ... on DisableUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.DisableUserDocument,
    "\n  mutation EnableUser($input: EnableUserInput!) {\n    enableUser(input: $input) {\n      ... on EnableUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.EnableUserDocument,
    "\n  mutation DeleteUser($input: DeleteUserInput!) {\n    deleteUser(input: $input) {\n      ... on DeleteUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.DeleteUserDocument,
    "\n  mutation RestoreUser($input: RestoreUserInput!) {\n    restoreUser(input: $input) {\n      ... on RestoreUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.RestoreUserDocument,
    "\n  query ListProjects($first: Int, $after: String) {\n    projects(first: $first, after: $after) {\n      nodes { id name path storageMode createdAt }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": typeof types.ListProjectsDocument,
    "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload { project { id name path storageMode createdAt } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.CreateProjectDocument,
    "\n  mutation RepairIndex($input: RepairIndexInput!) {\n    repairIndex(input: $input) {\n      ... on RepairIndexPayload {\n        added removed retried\n        searchIndex { model stored searchable pending failed skipped isBuilding }\n      }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.RepairIndexDocument,
    "\n  fragment OutsideKeyRow on OutsideKey { id provider label ending isShared isUsable createdAt updatedAt }\n": typeof types.OutsideKeyRowFragmentDoc,
    "\n  query ListOutsideKeys($shared: Boolean) { outsideKeys(shared: $shared) { ...OutsideKeyRow } }\n": typeof types.ListOutsideKeysDocument,
    "\n  mutation SaveOutsideKey($input: SaveOutsideKeyInput!) {\n    saveOutsideKey(input: $input) {\n      ... on SaveOutsideKeyPayload { outsideKey { ...OutsideKeyRow } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.SaveOutsideKeyDocument,
    "\n  mutation DeleteOutsideKey($input: DeleteOutsideKeyInput!) {\n    deleteOutsideKey(input: $input) {\n      ... on DeleteOutsideKeyPayload { deletedId }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.DeleteOutsideKeyDocument,
    "\n  mutation RotateSecrets($input: RotateSecretsInput!) {\n    rotateSecrets(input: $input) {\n      ... on RotateSecretsPayload { resealed remaining unreadable keySource }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.RotateSecretsDocument,
    "\n  mutation ScanSecrets($input: ScanSecretsInput!) {\n    scanSecrets(input: $input) {\n      ... on ScanSecretsPayload {\n        recordsScanned entriesScanned recordsRedacted entriesRedacted recordsLeft entriesLeft\n        rules { rule records entries }\n        findings { recordId field rule count isCurrent entries obstacle }\n        hasMoreFindings problem after\n      }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.ScanSecretsDocument,
    "\n  query ExportSession($id: ID!, $format: ExportFormat!, $after: String) {\n    session(id: $id) { export(format: $format, after: $after) { text hasNextPage endCursor } }\n  }\n": typeof types.ExportSessionDocument,
    "\n  query FindSession($projectId: ID!, $key: String!) {\n    project(by: { id: $projectId }) { sessions(first: 1, filter: { key: $key }) { nodes { id } } }\n  }\n": typeof types.FindSessionDocument,
    "\n  query ListSessions($projectId: ID!, $filter: SessionFilter, $first: Int, $after: String) {\n    project(by: { id: $projectId }) {\n      sessions(filter: $filter, first: $first, after: $after, orderBy: { field: LAST_ACTIVE }) {\n        nodes { id key title userId agent model status streamingStatus startedAt activeAt memoryCount }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": typeof types.ListSessionsDocument,
    "\n  query FindCapture($by: ProjectBy!) {\n    project(by: $by) { id name capture version deletedAt }\n  }\n": typeof types.FindCaptureDocument,
    "\n  mutation SetCapture($input: UpdateProjectInput!) {\n    updateProject(input: $input) {\n      ... on UpdateProjectPayload { project { id } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.SetCaptureDocument,
    "\n  mutation CreateCaptured($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload { project { id } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.CreateCapturedDocument,
    "\n  fragment TaskFields on Task {\n    id handle title description type priority status assignedAgent\n    claim { agent expiresAt token isExpired }\n  }\n": typeof types.TaskFieldsFragmentDoc,
    "\n  query FindTask($id: ID, $by: TaskBy) {\n    task(id: $id, by: $by) { ...TaskFields deletedAt project { id } }\n  }\n": typeof types.FindTaskDocument,
    "\n  query ListTasks($projectId: ID!, $filter: TaskFilter, $first: Int, $after: String) {\n    project(by: { id: $projectId }) {\n      tasks(filter: $filter, first: $first, after: $after) {\n        nodes { ...TaskFields }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": typeof types.ListTasksDocument,
    "\n  query ListReadyTasks($projectId: ID!, $filter: TaskFilter, $agent: String, $first: Int, $after: String) {\n    project(by: { id: $projectId }) {\n      readyTasks(filter: $filter, agent: $agent, first: $first, after: $after) {\n        nodes { ...TaskFields }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": typeof types.ListReadyTasksDocument,
    "\n  query GetTaskBoard($projectId: ID!) {\n    taskBoard(projectId: $projectId) {\n      byStatus { status count }\n      ready blocked claimed overdue\n      byAgent { agent assigned claimed overdue }\n    }\n  }\n": typeof types.GetTaskBoardDocument,
    "\n  mutation ClaimTask($input: ClaimTaskInput!) {\n    claimTask(input: $input) {\n      __typename\n      ... on ClaimTaskPayload { task { ...TaskFields } claim { agent expiresAt token } }\n      ... on TaskNotReadyError { heldBy }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.ClaimTaskDocument,
    "\n  mutation RenewClaim($input: RenewClaimInput!) {\n    renewClaim(input: $input) {\n      ... on RenewClaimPayload { task { ...TaskFields } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.RenewClaimDocument,
    "\n  mutation ReleaseTask($input: ReleaseTaskInput!) {\n    releaseTask(input: $input) {\n      ... on ReleaseTaskPayload { task { ...TaskFields } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.ReleaseTaskDocument,
    "\n  mutation CompleteTask($input: CompleteTaskInput!) {\n    completeTask(input: $input) {\n      ... on CompleteTaskPayload { task { ...TaskFields } }\n      ... on Error { code message hint }\n    }\n  }\n": typeof types.CompleteTaskDocument,
};
const documents: Documents = {
    "\n  fragment ModeFields on StorageModeConfig {\n    mode available reason hint place vectorSearch embedder { model dimensions note } source savedAt overriddenBy\n    settings { name value source variable }\n    secrets { name isSet ending source variable }\n  }\n": types.ModeFieldsFragmentDoc,
    "\n  query GetConfig { storageConfig { modes { ...ModeFields } } }\n": types.GetConfigDocument,
    "\n  query GetHealth($mode: StorageMode) {\n    storageHealth(mode: $mode) {\n      mode ok isReachable place latencyMs problems missingIndexes\n      collections { name count } pool { inUse idle max } lastError { at message }\n    }\n  }\n": types.GetHealthDocument,
    "\n  mutation TestConfig($input: TestStorageConfigInput!) {\n    testStorageConfig(input: $input) {\n      ... on TestStorageConfigPayload {\n        passed checks { name outcome ms message hint } token projectIds\n      }\n      ... on Error { code message hint }\n    }\n  }\n": types.TestConfigDocument,
    "\n  mutation SaveConfig($input: SaveStorageConfigInput!) {\n    saveStorageConfig(input: $input) {\n      ... on SaveStorageConfigPayload { config { ...ModeFields } }\n      ... on Error { code message hint }\n    }\n  }\n": types.SaveConfigDocument,
    "\n  mutation RemoveConfig($input: RemoveStorageConfigInput!) {\n    removeStorageConfig(input: $input) {\n      ... on RemoveStorageConfigPayload { config { ...ModeFields } }\n      ... on Error { code message hint }\n    }\n  }\n": types.RemoveConfigDocument,
    "\n  query FindProject($by: ProjectBy!) {\n    project(by: $by) { id name storageMode deletedAt }\n  }\n": types.FindProjectDocument,
    "\n  query ProjectOfFolder($by: ProjectBy!) {\n    project(by: $by) { id name path deletedAt capture captureToolCharacters }\n  }\n": types.ProjectOfFolderDocument,
    "\n  mutation CreateProjectForImport($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload { project { id name path deletedAt capture captureToolCharacters } }\n      ... on Error { code message hint }\n    }\n  }\n": types.CreateProjectForImportDocument,
    "\n  mutation ImportSession($input: UpsertSessionInput!) {\n    upsertSession(input: $input) {\n      ... on UpsertSessionPayload { created }\n      ... on Error { code message hint }\n    }\n  }\n": types.ImportSessionDocument,
    "\n  mutation ImportMemories($input: SaveMemoriesInput!) {\n    saveMemories(input: $input) {\n      ... on SaveMemoriesPayload { memories { id } }\n      ... on Error { code message hint }\n    }\n  }\n": types.ImportMemoriesDocument,
    "\n  query CountMemories($projectId: ID!) {\n    project(by: { id: $projectId }) { memories(first: 1) { totalCount } }\n  }\n": types.CountMemoriesDocument,
    "\n  fragment MemoryRow on Memory { id occurredAt kind role pinned sessionId taskId content }\n": types.MemoryRowFragmentDoc,
    "\n  query ListMemories($projectId: ID!, $filter: MemoryFilter, $first: Int, $after: String) {\n    project(by: { id: $projectId }) {\n      memories(filter: $filter, first: $first, after: $after) {\n        nodes { ...MemoryRow }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": types.ListMemoriesDocument,
    "\n  query SearchMemories($projectId: ID!, $query: String!, $filter: MemoryFilter, $first: Int) {\n    project(by: { id: $projectId }) {\n      searchMemories(query: $query, filter: $filter, first: $first) { pending hits { score node { ...MemoryRow } } }\n    }\n  }\n": types.SearchMemoriesDocument,
    "\n  fragment ProgressFields on MigrationProgress {\n    cursor migrationId phase isRollingBack isPaused\n    collections { name done total rejected verified }\n    vectors { done total failed }\n    rate etaSeconds lag { entries seconds } pacing\n    tokens dollars fenceMs canCutOver canRollBack message\n    problem { code message hint }\n    at\n  }\n": types.ProgressFieldsFragmentDoc,
    "\n  fragment EstimateFields on MigrationEstimate {\n    checks { name outcome ms message hint }\n    collections { name records bytes }\n    bytes vectors isSameModel fromModel toModel tokens dollars seconds\n  }\n": types.EstimateFieldsFragmentDoc,
    "\n  fragment MigrationFields on Migration {\n    id projectId project { name }\n    from { mode location } to { mode location }\n    dryRun autoCutOver batchSize onReject\n    phase isRollingBack isPaused isOver message\n    problem { code message hint }\n    progress { ...ProgressFields }\n    preflight { at estimate { ...EstimateFields } checks { name outcome ms message hint } }\n    verification { at isComplete seq collections { name compared mismatches repaired digest } }\n    rejects(first: 20) { nodes { collection recordId reason } pageInfo { hasNextPage } }\n    mismatches(first: 20) { nodes { collection recordId differing reason isRepaired } pageInfo { hasNextPage } }\n    createdAt movedAt endedAt\n  }\n": types.MigrationFieldsFragmentDoc,
    "\n  query GetMigration($id: ID!) { migration(id: $id) { ...MigrationFields } }\n": types.GetMigrationDocument,
    "\n  query ListMigrations($projectId: ID, $first: Int, $after: String) {\n    migrations(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        id projectId project { name } from { mode location } to { mode location }\n        dryRun phase isRollingBack isPaused isOver message createdAt endedAt\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.ListMigrationsDocument,
    "\n  query EstimateMigration($projectId: ID!, $to: StorageMode!, $location: String) {\n    estimateMigration(projectId: $projectId, to: $to, location: $location) { ...EstimateFields }\n  }\n": types.EstimateMigrationDocument,
    "\n  query GetVerification($id: ID!) { migration(id: $id) { verification { at isComplete } } }\n": types.GetVerificationDocument,
    "\n  query GetFinalization($id: ID!) { migration(id: $id) { phase finalization { token expiresAt consequence } } }\n": types.GetFinalizationDocument,
    "\n  subscription FollowMigration($id: ID!, $after: String) {\n    migrationProgress(id: $id, after: $after) { ...ProgressFields }\n  }\n": types.FollowMigrationDocument,
    "\n  mutation StartMigration($input: StartMigrationInput!) {\n    startMigration(input: $input) {\n      ... on StartMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n": types.StartMigrationDocument,
    "\n  mutation PauseMigration($input: PauseMigrationInput!) {\n    pauseMigration(input: $input) {\n      ... on PauseMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n": types.PauseMigrationDocument,
    "\n  mutation ResumeMigration($input: ResumeMigrationInput!) {\n    resumeMigration(input: $input) {\n      ... on ResumeMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n": types.ResumeMigrationDocument,
    "\n  mutation CancelMigration($input: CancelMigrationInput!) {\n    cancelMigration(input: $input) {\n      ... on CancelMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n": types.CancelMigrationDocument,
    "\n  mutation CutOverMigration($input: CutOverMigrationInput!) {\n    cutOverMigration(input: $input) {\n      ... on CutOverMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n": types.CutOverMigrationDocument,
    "\n  mutation VerifyMigration($input: VerifyMigrationInput!) {\n    verifyMigration(input: $input) {\n      ... on VerifyMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n": types.VerifyMigrationDocument,
    "\n  mutation RollBackMigration($input: RollBackMigrationInput!) {\n    rollBackMigration(input: $input) {\n      ... on RollBackMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n": types.RollBackMigrationDocument,
    "\n  mutation FinalizeMigration($input: FinalizeMigrationInput!) {\n    finalizeMigration(input: $input) {\n      ... on FinalizeMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n": types.FinalizeMigrationDocument,
    "\n  query ListAudit($filter: AuditFilter, $first: Int, $after: String) {\n    auditLog(filter: $filter, first: $first, after: $after) {\n      nodes {\n        at actor actorId actorName actorKind client operation collection recordId projectId version requestId summary\n        changes { field before after isHidden }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.ListAuditDocument,
    "\n  query ExportAudit($filter: AuditFilter, $first: Int, $after: String) {\n    auditLogCsv(filter: $filter, first: $first, after: $after) { text endCursor }\n  }\n": types.ExportAuditDocument,
    "\n  fragment GrantRow on Grant {\n    id level projectId subjectId createdAt\n    subject {\n      __typename\n      ... on User { email name }\n      ... on Role { roleName: name }\n      ... on ApiKey { keyName: name ending }\n    }\n  }\n": types.GrantRowFragmentDoc,
    "\n  query ListGrants($projectId: ID!, $first: Int, $after: String) {\n    project(by: { id: $projectId }) {\n      viewerLevel\n      access(first: $first, after: $after) {\n        nodes { ...GrantRow }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": types.ListGrantsDocument,
    "\n  mutation GrantAccess($input: GrantAccessInput!) {\n    grantAccess(input: $input) {\n      ... on GrantAccessPayload { grant { ...GrantRow } }\n      ... on Error { code message hint }\n    }\n  }\n": types.GrantAccessDocument,
    "\n  mutation RevokeAccess($input: RevokeAccessInput!) {\n    revokeAccess(input: $input) {\n      ... on RevokeAccessPayload { grant { ...GrantRow } }\n      ... on Error { code message hint }\n    }\n  }\n": types.RevokeAccessDocument,
    "\n  fragment KeyRow on ApiKey {\n    id name ending level permissions projectIds ownerId owner { email name } isService status expiresAt perMinute allowedAddresses\n    createdAt createdById revokedAt replacedById lastUsedAt\n  }\n": types.KeyRowFragmentDoc,
    "\n  query ListKeys($filter: ApiKeyFilter, $first: Int, $after: String) {\n    apiKeys(filter: $filter, first: $first, after: $after) {\n      nodes { ...KeyRow }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.ListKeysDocument,
    "\n  mutation CreateKey($input: CreateApiKeyInput!) {\n    createApiKey(input: $input) {\n      ... on CreateApiKeyPayload { secret apiKey { ...KeyRow } }\n      ... on Error { code message hint }\n    }\n  }\n": types.CreateKeyDocument,
    "\n  mutation RotateKey($input: RotateApiKeyInput!) {\n    rotateApiKey(input: $input) {\n      ... on RotateApiKeyPayload { secret apiKey { ...KeyRow } }\n      ... on Error { code message hint }\n    }\n  }\n": types.RotateKeyDocument,
    "\n  mutation RevokeKey($input: RevokeApiKeyInput!) {\n    revokeApiKey(input: $input) {\n      ... on RevokeApiKeyPayload { apiKey { ...KeyRow } others { ...KeyRow } }\n      ... on Error { code message hint }\n    }\n  }\n": types.RevokeKeyDocument,
    "\n  query WhoAmI {\n    viewer {\n      kind isOpen everywhere permissions\n      user { id email name role { name } }\n      key { id name ending level expiresAt projects { id name } }\n    }\n  }\n": types.WhoAmIDocument,
    "\n  fragment RoleRow on Role { id version name description permissions everywhere isBuiltIn }\n": types.RoleRowFragmentDoc,
    "\n  query ListRoles { roles { ...RoleRow } }\n": types.ListRolesDocument,
    "\n  mutation CreateRole($input: CreateRoleInput!) {\n    createRole(input: $input) {\n      ... on CreateRolePayload { role { ...RoleRow } }\n      ... on Error { code message hint }\n    }\n  }\n": types.CreateRoleDocument,
    "\n  mutation UpdateRole($input: UpdateRoleInput!) {\n    updateRole(input: $input) {\n      ... on UpdateRolePayload { role { ...RoleRow } }\n      ... on Error { code message hint }\n    }\n  }\n": types.UpdateRoleDocument,
    "\n  mutation DeleteRole($input: DeleteRoleInput!) {\n    deleteRole(input: $input) {\n      ... on DeleteRolePayload { role { ...RoleRow } }\n      ... on Error { code message hint }\n    }\n  }\n": types.DeleteRoleDocument,
    "\n  query GetUser($id: ID!) { user(id: $id) { ...UserRow } }\n": types.GetUserDocument,
    "\n  fragment UserRow on User { id version email name role { id name } disabledAt deletedAt createdAt }\n": types.UserRowFragmentDoc,
    "\n  query ListUsers($filter: UserFilter, $deleted: DeletedFilter, $first: Int, $after: String) {\n    users(filter: $filter, deleted: $deleted, first: $first, after: $after) {\n      nodes { ...UserRow }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.ListUsersDocument,
    "\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) {\n      ... on CreateUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n": types.CreateUserDocument,
    "\n  mutation InviteUser($input: InviteUserInput!) {\n    inviteUser(input: $input) {\n      ... on InviteUserPayload { user { ...UserRow } link { path url expiresAt } isMailed }\n      ... on Error { code message hint }\n    }\n  }\n": types.InviteUserDocument,
    "\n  mutation ResetPassword($input: ResetPasswordInput!) {\n    resetPassword(input: $input) {\n      ... on ResetPasswordPayload { link { path url expiresAt } isMailed }\n      ... on Error { code message hint }\n    }\n  }\n": types.ResetPasswordDocument,
    "\n  mutation UpdateUser($input: UpdateUserInput!) {\n    updateUser(input: $input) {\n      ... on UpdateUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n": types.UpdateUserDocument,
    "\n  mutation DisableUser($input: DisableUserInput!) {\n    disableUser(input: $input) {\n      ... on DisableUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n": types.DisableUserDocument,
    "\n  mutation EnableUser($input: EnableUserInput!) {\n    enableUser(input: $input) {\n      ... on EnableUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n": types.EnableUserDocument,
    "\n  mutation DeleteUser($input: DeleteUserInput!) {\n    deleteUser(input: $input) {\n      ... on DeleteUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n": types.DeleteUserDocument,
    "\n  mutation RestoreUser($input: RestoreUserInput!) {\n    restoreUser(input: $input) {\n      ... on RestoreUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n": types.RestoreUserDocument,
    "\n  query ListProjects($first: Int, $after: String) {\n    projects(first: $first, after: $after) {\n      nodes { id name path storageMode createdAt }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n": types.ListProjectsDocument,
    "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload { project { id name path storageMode createdAt } }\n      ... on Error { code message hint }\n    }\n  }\n": types.CreateProjectDocument,
    "\n  mutation RepairIndex($input: RepairIndexInput!) {\n    repairIndex(input: $input) {\n      ... on RepairIndexPayload {\n        added removed retried\n        searchIndex { model stored searchable pending failed skipped isBuilding }\n      }\n      ... on Error { code message hint }\n    }\n  }\n": types.RepairIndexDocument,
    "\n  fragment OutsideKeyRow on OutsideKey { id provider label ending isShared isUsable createdAt updatedAt }\n": types.OutsideKeyRowFragmentDoc,
    "\n  query ListOutsideKeys($shared: Boolean) { outsideKeys(shared: $shared) { ...OutsideKeyRow } }\n": types.ListOutsideKeysDocument,
    "\n  mutation SaveOutsideKey($input: SaveOutsideKeyInput!) {\n    saveOutsideKey(input: $input) {\n      ... on SaveOutsideKeyPayload { outsideKey { ...OutsideKeyRow } }\n      ... on Error { code message hint }\n    }\n  }\n": types.SaveOutsideKeyDocument,
    "\n  mutation DeleteOutsideKey($input: DeleteOutsideKeyInput!) {\n    deleteOutsideKey(input: $input) {\n      ... on DeleteOutsideKeyPayload { deletedId }\n      ... on Error { code message hint }\n    }\n  }\n": types.DeleteOutsideKeyDocument,
    "\n  mutation RotateSecrets($input: RotateSecretsInput!) {\n    rotateSecrets(input: $input) {\n      ... on RotateSecretsPayload { resealed remaining unreadable keySource }\n      ... on Error { code message hint }\n    }\n  }\n": types.RotateSecretsDocument,
    "\n  mutation ScanSecrets($input: ScanSecretsInput!) {\n    scanSecrets(input: $input) {\n      ... on ScanSecretsPayload {\n        recordsScanned entriesScanned recordsRedacted entriesRedacted recordsLeft entriesLeft\n        rules { rule records entries }\n        findings { recordId field rule count isCurrent entries obstacle }\n        hasMoreFindings problem after\n      }\n      ... on Error { code message hint }\n    }\n  }\n": types.ScanSecretsDocument,
    "\n  query ExportSession($id: ID!, $format: ExportFormat!, $after: String) {\n    session(id: $id) { export(format: $format, after: $after) { text hasNextPage endCursor } }\n  }\n": types.ExportSessionDocument,
    "\n  query FindSession($projectId: ID!, $key: String!) {\n    project(by: { id: $projectId }) { sessions(first: 1, filter: { key: $key }) { nodes { id } } }\n  }\n": types.FindSessionDocument,
    "\n  query ListSessions($projectId: ID!, $filter: SessionFilter, $first: Int, $after: String) {\n    project(by: { id: $projectId }) {\n      sessions(filter: $filter, first: $first, after: $after, orderBy: { field: LAST_ACTIVE }) {\n        nodes { id key title userId agent model status streamingStatus startedAt activeAt memoryCount }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": types.ListSessionsDocument,
    "\n  query FindCapture($by: ProjectBy!) {\n    project(by: $by) { id name capture version deletedAt }\n  }\n": types.FindCaptureDocument,
    "\n  mutation SetCapture($input: UpdateProjectInput!) {\n    updateProject(input: $input) {\n      ... on UpdateProjectPayload { project { id } }\n      ... on Error { code message hint }\n    }\n  }\n": types.SetCaptureDocument,
    "\n  mutation CreateCaptured($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload { project { id } }\n      ... on Error { code message hint }\n    }\n  }\n": types.CreateCapturedDocument,
    "\n  fragment TaskFields on Task {\n    id handle title description type priority status assignedAgent\n    claim { agent expiresAt token isExpired }\n  }\n": types.TaskFieldsFragmentDoc,
    "\n  query FindTask($id: ID, $by: TaskBy) {\n    task(id: $id, by: $by) { ...TaskFields deletedAt project { id } }\n  }\n": types.FindTaskDocument,
    "\n  query ListTasks($projectId: ID!, $filter: TaskFilter, $first: Int, $after: String) {\n    project(by: { id: $projectId }) {\n      tasks(filter: $filter, first: $first, after: $after) {\n        nodes { ...TaskFields }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": types.ListTasksDocument,
    "\n  query ListReadyTasks($projectId: ID!, $filter: TaskFilter, $agent: String, $first: Int, $after: String) {\n    project(by: { id: $projectId }) {\n      readyTasks(filter: $filter, agent: $agent, first: $first, after: $after) {\n        nodes { ...TaskFields }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": types.ListReadyTasksDocument,
    "\n  query GetTaskBoard($projectId: ID!) {\n    taskBoard(projectId: $projectId) {\n      byStatus { status count }\n      ready blocked claimed overdue\n      byAgent { agent assigned claimed overdue }\n    }\n  }\n": types.GetTaskBoardDocument,
    "\n  mutation ClaimTask($input: ClaimTaskInput!) {\n    claimTask(input: $input) {\n      __typename\n      ... on ClaimTaskPayload { task { ...TaskFields } claim { agent expiresAt token } }\n      ... on TaskNotReadyError { heldBy }\n      ... on Error { code message hint }\n    }\n  }\n": types.ClaimTaskDocument,
    "\n  mutation RenewClaim($input: RenewClaimInput!) {\n    renewClaim(input: $input) {\n      ... on RenewClaimPayload { task { ...TaskFields } }\n      ... on Error { code message hint }\n    }\n  }\n": types.RenewClaimDocument,
    "\n  mutation ReleaseTask($input: ReleaseTaskInput!) {\n    releaseTask(input: $input) {\n      ... on ReleaseTaskPayload { task { ...TaskFields } }\n      ... on Error { code message hint }\n    }\n  }\n": types.ReleaseTaskDocument,
    "\n  mutation CompleteTask($input: CompleteTaskInput!) {\n    completeTask(input: $input) {\n      ... on CompleteTaskPayload { task { ...TaskFields } }\n      ... on Error { code message hint }\n    }\n  }\n": types.CompleteTaskDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ModeFields on StorageModeConfig {\n    mode available reason hint place vectorSearch embedder { model dimensions note } source savedAt overriddenBy\n    settings { name value source variable }\n    secrets { name isSet ending source variable }\n  }\n"): typeof import('./graphql.js').ModeFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetConfig { storageConfig { modes { ...ModeFields } } }\n"): typeof import('./graphql.js').GetConfigDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetHealth($mode: StorageMode) {\n    storageHealth(mode: $mode) {\n      mode ok isReachable place latencyMs problems missingIndexes\n      collections { name count } pool { inUse idle max } lastError { at message }\n    }\n  }\n"): typeof import('./graphql.js').GetHealthDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TestConfig($input: TestStorageConfigInput!) {\n    testStorageConfig(input: $input) {\n      ... on TestStorageConfigPayload {\n        passed checks { name outcome ms message hint } token projectIds\n      }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').TestConfigDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveConfig($input: SaveStorageConfigInput!) {\n    saveStorageConfig(input: $input) {\n      ... on SaveStorageConfigPayload { config { ...ModeFields } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').SaveConfigDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveConfig($input: RemoveStorageConfigInput!) {\n    removeStorageConfig(input: $input) {\n      ... on RemoveStorageConfigPayload { config { ...ModeFields } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').RemoveConfigDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FindProject($by: ProjectBy!) {\n    project(by: $by) { id name storageMode deletedAt }\n  }\n"): typeof import('./graphql.js').FindProjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProjectOfFolder($by: ProjectBy!) {\n    project(by: $by) { id name path deletedAt capture captureToolCharacters }\n  }\n"): typeof import('./graphql.js').ProjectOfFolderDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateProjectForImport($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload { project { id name path deletedAt capture captureToolCharacters } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').CreateProjectForImportDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ImportSession($input: UpsertSessionInput!) {\n    upsertSession(input: $input) {\n      ... on UpsertSessionPayload { created }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').ImportSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ImportMemories($input: SaveMemoriesInput!) {\n    saveMemories(input: $input) {\n      ... on SaveMemoriesPayload { memories { id } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').ImportMemoriesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CountMemories($projectId: ID!) {\n    project(by: { id: $projectId }) { memories(first: 1) { totalCount } }\n  }\n"): typeof import('./graphql.js').CountMemoriesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MemoryRow on Memory { id occurredAt kind role pinned sessionId taskId content }\n"): typeof import('./graphql.js').MemoryRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListMemories($projectId: ID!, $filter: MemoryFilter, $first: Int, $after: String) {\n    project(by: { id: $projectId }) {\n      memories(filter: $filter, first: $first, after: $after) {\n        nodes { ...MemoryRow }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"): typeof import('./graphql.js').ListMemoriesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SearchMemories($projectId: ID!, $query: String!, $filter: MemoryFilter, $first: Int) {\n    project(by: { id: $projectId }) {\n      searchMemories(query: $query, filter: $filter, first: $first) { pending hits { score node { ...MemoryRow } } }\n    }\n  }\n"): typeof import('./graphql.js').SearchMemoriesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProgressFields on MigrationProgress {\n    cursor migrationId phase isRollingBack isPaused\n    collections { name done total rejected verified }\n    vectors { done total failed }\n    rate etaSeconds lag { entries seconds } pacing\n    tokens dollars fenceMs canCutOver canRollBack message\n    problem { code message hint }\n    at\n  }\n"): typeof import('./graphql.js').ProgressFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment EstimateFields on MigrationEstimate {\n    checks { name outcome ms message hint }\n    collections { name records bytes }\n    bytes vectors isSameModel fromModel toModel tokens dollars seconds\n  }\n"): typeof import('./graphql.js').EstimateFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MigrationFields on Migration {\n    id projectId project { name }\n    from { mode location } to { mode location }\n    dryRun autoCutOver batchSize onReject\n    phase isRollingBack isPaused isOver message\n    problem { code message hint }\n    progress { ...ProgressFields }\n    preflight { at estimate { ...EstimateFields } checks { name outcome ms message hint } }\n    verification { at isComplete seq collections { name compared mismatches repaired digest } }\n    rejects(first: 20) { nodes { collection recordId reason } pageInfo { hasNextPage } }\n    mismatches(first: 20) { nodes { collection recordId differing reason isRepaired } pageInfo { hasNextPage } }\n    createdAt movedAt endedAt\n  }\n"): typeof import('./graphql.js').MigrationFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetMigration($id: ID!) { migration(id: $id) { ...MigrationFields } }\n"): typeof import('./graphql.js').GetMigrationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListMigrations($projectId: ID, $first: Int, $after: String) {\n    migrations(projectId: $projectId, first: $first, after: $after) {\n      nodes {\n        id projectId project { name } from { mode location } to { mode location }\n        dryRun phase isRollingBack isPaused isOver message createdAt endedAt\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): typeof import('./graphql.js').ListMigrationsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EstimateMigration($projectId: ID!, $to: StorageMode!, $location: String) {\n    estimateMigration(projectId: $projectId, to: $to, location: $location) { ...EstimateFields }\n  }\n"): typeof import('./graphql.js').EstimateMigrationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetVerification($id: ID!) { migration(id: $id) { verification { at isComplete } } }\n"): typeof import('./graphql.js').GetVerificationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetFinalization($id: ID!) { migration(id: $id) { phase finalization { token expiresAt consequence } } }\n"): typeof import('./graphql.js').GetFinalizationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription FollowMigration($id: ID!, $after: String) {\n    migrationProgress(id: $id, after: $after) { ...ProgressFields }\n  }\n"): typeof import('./graphql.js').FollowMigrationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartMigration($input: StartMigrationInput!) {\n    startMigration(input: $input) {\n      ... on StartMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').StartMigrationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PauseMigration($input: PauseMigrationInput!) {\n    pauseMigration(input: $input) {\n      ... on PauseMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').PauseMigrationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResumeMigration($input: ResumeMigrationInput!) {\n    resumeMigration(input: $input) {\n      ... on ResumeMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').ResumeMigrationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelMigration($input: CancelMigrationInput!) {\n    cancelMigration(input: $input) {\n      ... on CancelMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').CancelMigrationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CutOverMigration($input: CutOverMigrationInput!) {\n    cutOverMigration(input: $input) {\n      ... on CutOverMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').CutOverMigrationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation VerifyMigration($input: VerifyMigrationInput!) {\n    verifyMigration(input: $input) {\n      ... on VerifyMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').VerifyMigrationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RollBackMigration($input: RollBackMigrationInput!) {\n    rollBackMigration(input: $input) {\n      ... on RollBackMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').RollBackMigrationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FinalizeMigration($input: FinalizeMigrationInput!) {\n    finalizeMigration(input: $input) {\n      ... on FinalizeMigrationPayload { migration { ...MigrationFields } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').FinalizeMigrationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListAudit($filter: AuditFilter, $first: Int, $after: String) {\n    auditLog(filter: $filter, first: $first, after: $after) {\n      nodes {\n        at actor actorId actorName actorKind client operation collection recordId projectId version requestId summary\n        changes { field before after isHidden }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): typeof import('./graphql.js').ListAuditDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ExportAudit($filter: AuditFilter, $first: Int, $after: String) {\n    auditLogCsv(filter: $filter, first: $first, after: $after) { text endCursor }\n  }\n"): typeof import('./graphql.js').ExportAuditDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GrantRow on Grant {\n    id level projectId subjectId createdAt\n    subject {\n      __typename\n      ... on User { email name }\n      ... on Role { roleName: name }\n      ... on ApiKey { keyName: name ending }\n    }\n  }\n"): typeof import('./graphql.js').GrantRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListGrants($projectId: ID!, $first: Int, $after: String) {\n    project(by: { id: $projectId }) {\n      viewerLevel\n      access(first: $first, after: $after) {\n        nodes { ...GrantRow }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"): typeof import('./graphql.js').ListGrantsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation GrantAccess($input: GrantAccessInput!) {\n    grantAccess(input: $input) {\n      ... on GrantAccessPayload { grant { ...GrantRow } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').GrantAccessDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeAccess($input: RevokeAccessInput!) {\n    revokeAccess(input: $input) {\n      ... on RevokeAccessPayload { grant { ...GrantRow } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').RevokeAccessDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment KeyRow on ApiKey {\n    id name ending level permissions projectIds ownerId owner { email name } isService status expiresAt perMinute allowedAddresses\n    createdAt createdById revokedAt replacedById lastUsedAt\n  }\n"): typeof import('./graphql.js').KeyRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListKeys($filter: ApiKeyFilter, $first: Int, $after: String) {\n    apiKeys(filter: $filter, first: $first, after: $after) {\n      nodes { ...KeyRow }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): typeof import('./graphql.js').ListKeysDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateKey($input: CreateApiKeyInput!) {\n    createApiKey(input: $input) {\n      ... on CreateApiKeyPayload { secret apiKey { ...KeyRow } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').CreateKeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RotateKey($input: RotateApiKeyInput!) {\n    rotateApiKey(input: $input) {\n      ... on RotateApiKeyPayload { secret apiKey { ...KeyRow } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').RotateKeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeKey($input: RevokeApiKeyInput!) {\n    revokeApiKey(input: $input) {\n      ... on RevokeApiKeyPayload { apiKey { ...KeyRow } others { ...KeyRow } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').RevokeKeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WhoAmI {\n    viewer {\n      kind isOpen everywhere permissions\n      user { id email name role { name } }\n      key { id name ending level expiresAt projects { id name } }\n    }\n  }\n"): typeof import('./graphql.js').WhoAmIDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RoleRow on Role { id version name description permissions everywhere isBuiltIn }\n"): typeof import('./graphql.js').RoleRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListRoles { roles { ...RoleRow } }\n"): typeof import('./graphql.js').ListRolesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateRole($input: CreateRoleInput!) {\n    createRole(input: $input) {\n      ... on CreateRolePayload { role { ...RoleRow } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').CreateRoleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateRole($input: UpdateRoleInput!) {\n    updateRole(input: $input) {\n      ... on UpdateRolePayload { role { ...RoleRow } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').UpdateRoleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteRole($input: DeleteRoleInput!) {\n    deleteRole(input: $input) {\n      ... on DeleteRolePayload { role { ...RoleRow } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').DeleteRoleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetUser($id: ID!) { user(id: $id) { ...UserRow } }\n"): typeof import('./graphql.js').GetUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UserRow on User { id version email name role { id name } disabledAt deletedAt createdAt }\n"): typeof import('./graphql.js').UserRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListUsers($filter: UserFilter, $deleted: DeletedFilter, $first: Int, $after: String) {\n    users(filter: $filter, deleted: $deleted, first: $first, after: $after) {\n      nodes { ...UserRow }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): typeof import('./graphql.js').ListUsersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) {\n      ... on CreateUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').CreateUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation InviteUser($input: InviteUserInput!) {\n    inviteUser(input: $input) {\n      ... on InviteUserPayload { user { ...UserRow } link { path url expiresAt } isMailed }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').InviteUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResetPassword($input: ResetPasswordInput!) {\n    resetPassword(input: $input) {\n      ... on ResetPasswordPayload { link { path url expiresAt } isMailed }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').ResetPasswordDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateUser($input: UpdateUserInput!) {\n    updateUser(input: $input) {\n      ... on UpdateUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').UpdateUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DisableUser($input: DisableUserInput!) {\n    disableUser(input: $input) {\n      ... on DisableUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').DisableUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EnableUser($input: EnableUserInput!) {\n    enableUser(input: $input) {\n      ... on EnableUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').EnableUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteUser($input: DeleteUserInput!) {\n    deleteUser(input: $input) {\n      ... on DeleteUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').DeleteUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RestoreUser($input: RestoreUserInput!) {\n    restoreUser(input: $input) {\n      ... on RestoreUserPayload { user { ...UserRow } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').RestoreUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListProjects($first: Int, $after: String) {\n    projects(first: $first, after: $after) {\n      nodes { id name path storageMode createdAt }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n"): typeof import('./graphql.js').ListProjectsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload { project { id name path storageMode createdAt } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').CreateProjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RepairIndex($input: RepairIndexInput!) {\n    repairIndex(input: $input) {\n      ... on RepairIndexPayload {\n        added removed retried\n        searchIndex { model stored searchable pending failed skipped isBuilding }\n      }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').RepairIndexDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment OutsideKeyRow on OutsideKey { id provider label ending isShared isUsable createdAt updatedAt }\n"): typeof import('./graphql.js').OutsideKeyRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListOutsideKeys($shared: Boolean) { outsideKeys(shared: $shared) { ...OutsideKeyRow } }\n"): typeof import('./graphql.js').ListOutsideKeysDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveOutsideKey($input: SaveOutsideKeyInput!) {\n    saveOutsideKey(input: $input) {\n      ... on SaveOutsideKeyPayload { outsideKey { ...OutsideKeyRow } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').SaveOutsideKeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteOutsideKey($input: DeleteOutsideKeyInput!) {\n    deleteOutsideKey(input: $input) {\n      ... on DeleteOutsideKeyPayload { deletedId }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').DeleteOutsideKeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RotateSecrets($input: RotateSecretsInput!) {\n    rotateSecrets(input: $input) {\n      ... on RotateSecretsPayload { resealed remaining unreadable keySource }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').RotateSecretsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ScanSecrets($input: ScanSecretsInput!) {\n    scanSecrets(input: $input) {\n      ... on ScanSecretsPayload {\n        recordsScanned entriesScanned recordsRedacted entriesRedacted recordsLeft entriesLeft\n        rules { rule records entries }\n        findings { recordId field rule count isCurrent entries obstacle }\n        hasMoreFindings problem after\n      }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').ScanSecretsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ExportSession($id: ID!, $format: ExportFormat!, $after: String) {\n    session(id: $id) { export(format: $format, after: $after) { text hasNextPage endCursor } }\n  }\n"): typeof import('./graphql.js').ExportSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FindSession($projectId: ID!, $key: String!) {\n    project(by: { id: $projectId }) { sessions(first: 1, filter: { key: $key }) { nodes { id } } }\n  }\n"): typeof import('./graphql.js').FindSessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListSessions($projectId: ID!, $filter: SessionFilter, $first: Int, $after: String) {\n    project(by: { id: $projectId }) {\n      sessions(filter: $filter, first: $first, after: $after, orderBy: { field: LAST_ACTIVE }) {\n        nodes { id key title userId agent model status streamingStatus startedAt activeAt memoryCount }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"): typeof import('./graphql.js').ListSessionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FindCapture($by: ProjectBy!) {\n    project(by: $by) { id name capture version deletedAt }\n  }\n"): typeof import('./graphql.js').FindCaptureDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetCapture($input: UpdateProjectInput!) {\n    updateProject(input: $input) {\n      ... on UpdateProjectPayload { project { id } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').SetCaptureDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateCaptured($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      ... on CreateProjectPayload { project { id } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').CreateCapturedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TaskFields on Task {\n    id handle title description type priority status assignedAgent\n    claim { agent expiresAt token isExpired }\n  }\n"): typeof import('./graphql.js').TaskFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FindTask($id: ID, $by: TaskBy) {\n    task(id: $id, by: $by) { ...TaskFields deletedAt project { id } }\n  }\n"): typeof import('./graphql.js').FindTaskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListTasks($projectId: ID!, $filter: TaskFilter, $first: Int, $after: String) {\n    project(by: { id: $projectId }) {\n      tasks(filter: $filter, first: $first, after: $after) {\n        nodes { ...TaskFields }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"): typeof import('./graphql.js').ListTasksDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListReadyTasks($projectId: ID!, $filter: TaskFilter, $agent: String, $first: Int, $after: String) {\n    project(by: { id: $projectId }) {\n      readyTasks(filter: $filter, agent: $agent, first: $first, after: $after) {\n        nodes { ...TaskFields }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"): typeof import('./graphql.js').ListReadyTasksDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GetTaskBoard($projectId: ID!) {\n    taskBoard(projectId: $projectId) {\n      byStatus { status count }\n      ready blocked claimed overdue\n      byAgent { agent assigned claimed overdue }\n    }\n  }\n"): typeof import('./graphql.js').GetTaskBoardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ClaimTask($input: ClaimTaskInput!) {\n    claimTask(input: $input) {\n      __typename\n      ... on ClaimTaskPayload { task { ...TaskFields } claim { agent expiresAt token } }\n      ... on TaskNotReadyError { heldBy }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').ClaimTaskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenewClaim($input: RenewClaimInput!) {\n    renewClaim(input: $input) {\n      ... on RenewClaimPayload { task { ...TaskFields } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').RenewClaimDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReleaseTask($input: ReleaseTaskInput!) {\n    releaseTask(input: $input) {\n      ... on ReleaseTaskPayload { task { ...TaskFields } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').ReleaseTaskDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CompleteTask($input: CompleteTaskInput!) {\n    completeTask(input: $input) {\n      ... on CompleteTaskPayload { task { ...TaskFields } }\n      ... on Error { code message hint }\n    }\n  }\n"): typeof import('./graphql.js').CompleteTaskDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
