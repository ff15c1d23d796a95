import type { IdGenerator } from '../domain/id.js';
import type { StorageMode } from '../domain/project.js';
import type { Writers } from '../migration/pacing/writers.js';
import type { RepositoryFactory } from '../repositories/factory.js';
import { users } from '../storage/account-collections.js';
import { mayChangeRights } from '../storage/collections.js';
import { SIGN_IN_COLLECTIONS } from '../storage/sign-in-collections.js';
import { type AttachmentService, createAttachmentService } from './attachments.js';
import { type Attempts, createAttempts } from './attempts/attempts.js';
import type { AuditService } from './audit/contract.js';
import { createAuditService } from './audit/service.js';
import type { BoardService } from './board/contract.js';
import { createBoardService } from './board/service.js';
import type { ClaimService } from './claims/contract.js';
import { createClaimService } from './claims/service.js';
import { createFinalizeTokens, createPurgeTokens, createStorageTokens } from './confirmation-tokens.js';
import { type ContextService, createContextService } from './contexts/contexts.js';
import type { KeyService } from './keys/contract.js';
import { createKeyService } from './keys/service.js';
import { createKeyUseService, type KeyUseService } from './keys/use.js';
import { createMemoryService, type MemoryService } from './memories.js';
import type { MigrationPreflight, MigrationService } from './migrations/contract.js';
import { createMigrationService } from './migrations/service.js';
import type { OutsideKeyService } from './outside-keys/contract.js';
import { createOutsideKeyService } from './outside-keys/service.js';
import { createPasswordCheck } from './passwords/check.js';
import type { MailLink, PasswordService } from './passwords/contract.js';
import { createPasswordHashing, type PasswordHashing } from './passwords/hashing.js';
import { createPasswordService } from './passwords/service.js';
import type { GrantService, RoleService, UserService } from './people/contract.js';
import { createGrantService } from './people/grants.js';
import { createRoleService } from './people/roles.js';
import { createUserService } from './people/users.js';
import { createProgramService, type ProgramService } from './programs/service.js';
import { createProjectService, type ProjectService } from './projects.js';
import { createConcurrentSaves } from './records/concurrent-saves.js';
import { createLifecycle } from './records/lifecycle.js';
import { createPurge } from './records/purge.js';
import { applyRetention, type Retention } from './records/retention.js';
import { createRuleSet } from './records/rules/rule-set.js';
import { createRecordService, type RecordService } from './records/service.js';
import { createRouter } from './records/store-router.js';
import { createTransact } from './records/transaction.js';
import { createUndoRequest } from './records/undo/undo-request.js';
import { DEFAULT_SCREEN, type ScreenOptions } from './records/write-screen.js';
import type { SecretService } from './secrets/contract.js';
import { createSecretService } from './secrets/service.js';
import { createSessionService, type SessionService } from './sessions/service.js';
import { createRowStore, type RowStore } from './sign-in/rows.js';
import { createSignInService, type SignInService } from './sign-in/service.js';
import { createStateService, type StateService } from './states.js';
import type { StorageService } from './storage-settings/contract.js';
import { createStorageService, type StorageParts } from './storage-settings/service.js';
import { createTaskService, type TaskService } from './tasks.js';
import { createUsageService, type UsageService } from './usage.js';
import type { SecretStore, VaultService } from './vault/contract.js';
import { createVaultService } from './vault/rotation.js';
import { createSecretStore } from './vault/secret-store.js';

/**
 * The operations of the domain, each one commit. Every method may throw InvalidInputError, NotFoundError and StoreError;
 * those that write the version that was read also ConflictError. Nothing is written when they throw.
 */
export interface Services {
  readonly projects: ProjectService;
  readonly tasks: TaskService;
  readonly claims: ClaimService;
  readonly board: BoardService;
  readonly memories: MemoryService;
  readonly sessions: SessionService;
  readonly states: StateService;
  readonly records: RecordService;
  readonly contexts: ContextService;
  readonly storage: StorageService;
  readonly usage: UsageService;
  readonly keyUse: KeyUseService;
  readonly attachments: AttachmentService;
  readonly audit: AuditService;
  readonly migrations: MigrationService;
  readonly secrets: SecretService;
  readonly users: UserService;
  readonly passwords: PasswordService;
  readonly signIns: SignInService;
  readonly programs: ProgramService;
  readonly attempts: Attempts;
  readonly roles: RoleService;
  readonly grants: GrantService;
  readonly vault: VaultService;
  /** What the server itself keeps secret. */
  readonly secretStore: SecretStore;
  readonly keys: KeyService;
  readonly outsideKeys: OutsideKeyService;
  /** The records that the library for signing in reads and writes. */
  readonly signInRows: RowStore;
}

/** What the services need. */
export interface ServiceParts {
  readonly factory: RepositoryFactory;
  /** The process's one generator of ids. */
  readonly newId: IdGenerator;
  /** Signs confirmation tokens: servers that share a catalog share it. */
  readonly secret: Buffer;
  readonly retention: Retention;
  readonly storage: StorageParts;
  /** Checks what a move depends on. */
  readonly preflight: MigrationPreflight;
  /** Milliseconds since 1970. Left out: the system's clock. */
  readonly now?: () => number;
  /** A project's key, the end of all ids in it. Left out: random. */
  readonly newProjectKey?: () => string;
  /** Where a project lives when its author doesn't say. Left out: `LOCAL`. */
  readonly defaultMode?: StorageMode;
  /** How long writes wait while their project is cut over, in milliseconds. Left out: 15 seconds. */
  readonly cutOverTimeoutMs?: number;
  /** Paces and measures the writes of this process while projects are moved. Left out: no write waits. */
  readonly writers?: Writers;
  /** How long one call that scans for secrets works, in milliseconds. Left out: 20 seconds. */
  readonly secretScanMs?: number;
  /** Keys of other services in the environment, by the names of their variables. Left out: none. */
  readonly outsideEnvironment?: Readonly<Record<string, string>> | undefined;
  /** Called once for each saved secret that can't be opened, with its name. Left out: nothing happens. */
  readonly onUnreadableSecret?: ((name: string) => void) | undefined;
  /** How long one call that seals secrets again works, in milliseconds. Left out: 20 seconds. */
  readonly rotationMs?: number | undefined;
  /** Sends a user a link to set a password. Left out: none is sent. */
  readonly mailLink?: MailLink | undefined;
  /** Left out: one of its own. */
  readonly hashing?: PasswordHashing | undefined;
  /** Called after each write that may change what somebody may do, before it is acknowledged. */
  readonly onAccountsWritten?: (() => void) | undefined;
  /** Keeps secrets out of what is saved. Left out: they are redacted, on this thread. */
  readonly screen?: ScreenOptions;
}

/**
 * The services over a catalog and its projects. Before the catalog is closed, `flush` of `usage`, `keyUse` and `audit` writes
 * what is pending.
 */
export function createServices({
  factory,
  newId,
  secret,
  retention,
  storage,
  preflight,
  now = Date.now,
  newProjectKey,
  defaultMode,
  cutOverTimeoutMs,
  writers,
  secretScanMs,
  outsideEnvironment: environment = {},
  onUnreadableSecret,
  rotationMs,
  screen = DEFAULT_SCREEN,
  mailLink,
  hashing = createPasswordHashing(),
  onAccountsWritten,
}: ServiceParts): Services {
  const router = createRouter(factory);
  const transact = createTransact(now, {
    ...{ cutOverTimeoutMs, writers, screen },
    onCommitted: (changes) => {
      if (changes.some(mayChangeRights)) onAccountsWritten?.();
    },
  });
  const saves = createConcurrentSaves();
  const rules = createRuleSet(newId, factory.catalog, saves);
  const lifecycle = createLifecycle(router, transact, newId);
  const tokens = createPurgeTokens(secret);
  const purging = createPurge(factory, router, transact, tokens, now);
  const undoRequest = createUndoRequest(router, transact, rules);
  const keyUse = createKeyUseService(router, transact, newId, now);
  const catalog = factory.catalog.store;
  const { vault } = storage;
  const attempts = createAttempts();
  const checkPassword = createPasswordCheck(hashing, attempts);
  const secretStore = createSecretStore({ catalog, vault, newId, onUnreadable: onUnreadableSecret });
  const settings = { tokens: createStorageTokens(secret), secrets: secretStore, newId, now };
  const storageSettings = createStorageService({ ...storage, ...settings }, factory, router, transact);
  const retain = () => applyRetention(factory, router, transact, retention, now());

  return {
    projects: createProjectService(rules.project, factory, router, lifecycle, purging, newId, {
      newKey: newProjectKey,
      defaultMode,
    }),
    tasks: createTaskService(router, transact, lifecycle, purging),
    claims: createClaimService(router, transact, now),
    board: createBoardService(now),
    memories: createMemoryService(rules.memory, saves, router, transact, lifecycle, purging),
    sessions: createSessionService(router, transact, lifecycle, purging),
    states: createStateService(router, transact, lifecycle, purging),
    records: createRecordService(factory, router, rules, lifecycle, tokens, retain, undoRequest, now),
    contexts: createContextService(factory),
    users: createUserService(catalog, router, transact, newId, { hash: hashing.hash, checkPassword }),
    passwords: createPasswordService({ catalog, hashing, checkPassword, mailLink, newId, now }, router, transact),
    signIns: createSignInService(catalog, router, transact),
    programs: createProgramService(catalog, router, transact),
    attempts,
    roles: createRoleService(factory.catalog.store, router, transact, newId),
    grants: createGrantService(factory.catalog.store, router, transact, newId),
    storage: storageSettings,
    usage: createUsageService(router, transact, newId, now),
    secrets: createSecretService(factory, router, transact, {
      redactValues: screen.scanner.redact,
      callMs: secretScanMs,
    }),
    keys: createKeyService(factory, router, transact, newId, now),
    keyUse,
    vault: createVaultService(
      { catalog, vault, newId, moves: [storageSettings.moveSecrets], callMs: rotationMs },
      router,
      transact,
    ),
    secretStore,
    outsideKeys: createOutsideKeyService({ catalog, secrets: secretStore, environment, newId }, router, transact),
    signInRows: createRowStore(router, transact, [users, ...SIGN_IN_COLLECTIONS]),
    attachments: createAttachmentService(storage, rules.project, factory, router, transact),
    audit: createAuditService(factory, router, transact, newId, now),
    migrations: createMigrationService(
      { control: storage.control, preflight, tokens: createFinalizeTokens(secret), newId, now },
      factory,
      router,
      transact,
    ),
  };
}
