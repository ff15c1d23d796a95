import type { ApiKey } from '../../domain/access/api-key.js';
import type { Grant } from '../../domain/access/grant.js';
import type { KeyUse } from '../../domain/access/key-use.js';
import type { OutsideKey } from '../../domain/access/outside-key.js';
import type { Role } from '../../domain/access/role.js';
import type { Secret } from '../../domain/access/secret.js';
import type { SecurityEvent } from '../../domain/access/security-event.js';
import type { User } from '../../domain/access/user.js';
import type { Memory } from '../../domain/memory.js';
import type { Migration, MigrationFinding } from '../../domain/migration.js';
import type { Project } from '../../domain/project.js';
import type { Session } from '../../domain/session.js';
import type { State } from '../../domain/state.js';
import type { SavedStorageConfig } from '../../domain/storage-settings.js';
import type { Task } from '../../domain/task.js';
import type { Usage } from '../../domain/usage.js';
import { type AuditedCollection, audited } from './audited.js';
import { AUDITED_SIGN_IN } from './sign-in-whitelist.js';

/**
 * By collection. A project's own records show their kind and status: their contents belong to those who read the project.
 * Nothing has a place here that is, or helps to guess, a secret: hashes, sealed values, tokens.
 */
const AUDITED: { readonly [collection: string]: AuditedCollection | undefined } = {
  users: audited<User>({
    noun: 'the user',
    label: 'email',
    shown: ['email', 'name', 'emailVerified', 'twoFactorEnabled', 'roleId', 'disabledAt', 'deletedAt'],
    named: ['image', 'settings', 'externalId'],
    setting: { disabledAt: 'Disabled' },
  }),
  roles: audited<Role>({
    noun: 'the role',
    label: 'name',
    shown: ['name', 'description', 'permissions', 'everywhere', 'isBuiltIn', 'deletedAt'],
    named: ['externalId'],
  }),
  grants: audited<Grant>({
    noun: 'the grant',
    shown: ['subjectId', 'projectId', 'level', 'deletedAt'],
    named: ['externalId'],
    projectField: 'projectId',
  }),
  apiKeys: audited<ApiKey>({
    noun: 'the API key',
    label: 'name',
    shown: [
      ...(['name', 'ownerId', 'createdById', 'ending', 'level', 'permissions', 'projectIds', 'expiresAt'] as const),
      ...(['revokedAt', 'revokedBy', 'replacedById', 'perMinute', 'allowedAddresses', 'deletedAt'] as const),
    ],
    named: ['externalId'],
    setting: { revokedAt: 'Revoked', replacedById: 'Replaced' },
  }),
  keyUse: audited<KeyUse>({
    noun: 'the use of the key',
    label: 'keyId',
    shown: ['keyId', 'day', 'requests', 'refused', 'lastAt', 'lastAddress'],
    named: [],
  }),
  securityEvents: audited<SecurityEvent>({
    noun: 'the event',
    shown: ['kind', 'hour', 'address', 'actor', 'projectId', 'count', 'firstAt', 'lastAt', 'detail'],
    named: [],
    projectField: 'projectId',
  }),
  outsideKeys: audited<OutsideKey>({
    noun: 'the outside key for',
    label: 'provider',
    shown: ['userId', 'provider', 'label', 'ending', 'deletedAt'],
    named: ['externalId'],
  }),
  ...AUDITED_SIGN_IN,
  secrets: audited<Secret>({ noun: 'the secret', label: 'name', shown: ['name', 'deletedAt'], named: [] }),
  projects: audited<Project>({
    noun: 'the project',
    label: 'name',
    shown: [
      ...(['name', 'path', 'githubRepo', 'mode', 'isActive', 'storageMode', 'ownerId', 'secrets', 'capture'] as const),
      ...(['captureToolCharacters', 'deletedAt'] as const),
    ],
    named: ['description', 'customInstructions', 'techStack', 'settings', 'externalId'],
    projectField: 'id',
  }),
  usage: audited<Usage>({
    noun: 'the usage of',
    label: 'model',
    shown: ['projectId', 'day', 'model', 'requests', 'tokens', 'dollars'],
    named: [],
    projectField: 'projectId',
  }),
  storageConfigs: audited<SavedStorageConfig>({
    noun: 'the storage settings of',
    label: 'mode',
    shown: ['mode', 'deletedAt'],
    named: ['values', 'secrets'],
  }),
  migrations: audited<Migration>({
    noun: 'the move',
    shown: [
      ...(['projectId', 'phase', 'isPaused', 'isRollingBack', 'requestedAction', 'hasLeftovers'] as const),
      ...(['movedAt', 'endedAt', 'deletedAt'] as const),
    ],
    named: ['from', 'to', 'options', 'preflight', 'verification', 'problem'],
    projectField: 'projectId',
  }),
  migrationFindings: audited<MigrationFinding>({
    noun: 'the finding of a move',
    shown: ['migrationId', 'kind', 'collection', 'recordId', 'isRepaired', 'deletedAt'],
    named: ['differing', 'reason'],
  }),
  tasks: audited<Task>({
    noun: 'the task',
    shown: ['status', 'priority', 'type', 'completedAt', 'deletedAt'],
    named: [
      ...(['title', 'description', 'analysis', 'stageResults', 'testingUrls', 'gitBranch', 'worktreePath'] as const),
      ...(['assignedAgent', 'estimatedHours', 'result', 'dependsOn', 'parentId', 'claim', 'lastRelease'] as const),
      'externalId',
    ],
  }),
  memories: audited<Memory>({
    noun: 'the memory',
    shown: ['role', 'kind', 'pinned', 'deletedAt'],
    named: [
      ...(['content', 'metadata', 'references', 'sessionId', 'taskId', 'toolName', 'toolCallId'] as const),
      ...(['supersedes', 'occurredAt', 'externalId'] as const),
    ],
  }),
  sessions: audited<Session>({
    noun: 'the session',
    shown: ['streamingStatus', 'deletedAt'],
    named: [
      ...(['key', 'title', 'userId', 'agent', 'provider', 'model', 'workspace', 'status', 'startedAt'] as const),
      ...(['activeAt', 'metadata', 'externalId'] as const),
    ],
  }),
  states: audited<State>({
    noun: 'the state',
    shown: ['ownerId', 'deletedAt'],
    named: ['key', 'value', 'externalId'],
  }),
};

const NOTHING: AuditedCollection = { noun: 'the record', shown: [], named: [] };

/** What the audit shows of a collection's records: nothing, when it isn't known. */
export function auditedOf(collection: string): AuditedCollection {
  return (Object.hasOwn(AUDITED, collection) && AUDITED[collection]) || NOTHING;
}

/** The collections of which the audit shows anything. */
export const AUDITED_COLLECTIONS: readonly string[] = Object.keys(AUDITED);
