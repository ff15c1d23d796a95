import type { ApiKey } from '../domain/access/api-key.js';
import type { Grant } from '../domain/access/grant.js';
import type { OutsideKey } from '../domain/access/outside-key.js';
import type { Role } from '../domain/access/role.js';
import type { User } from '../domain/access/user.js';
import type { Memory } from '../domain/memory.js';
import type { Migration } from '../domain/migration.js';
import type { Project } from '../domain/project.js';
import type { Session } from '../domain/session.js';
import type { OAuthConsent, SignIn } from '../domain/sign-in/records.js';
import type { State } from '../domain/state.js';
import type { Task } from '../domain/task.js';
import { builder } from './builder.js';

/** The types that other types refer to. Each is implemented in its own file. */
export const NodeRef = builder.nodeInterfaceRef();
export const ProjectRef = builder.objectRef<Project>('Project');
export const TaskRef = builder.objectRef<Task>('Task');
export const MemoryRef = builder.objectRef<Memory>('Memory');
export const SessionRef = builder.objectRef<Session>('Session');
export const StateRef = builder.objectRef<State>('State');
export const MigrationRef = builder.objectRef<Migration>('Migration');
export const UserRef = builder.objectRef<User>('User');
export const RoleRef = builder.objectRef<Role>('Role');
export const GrantRef = builder.objectRef<Grant>('Grant');
export const OutsideKeyRef = builder.objectRef<OutsideKey>('OutsideKey');
export const SignInRef = builder.objectRef<SignIn>('SignIn');
export const OAuthConsentRef = builder.objectRef<OAuthConsent>('OAuthConsent');
export const ApiKeyRef = builder.objectRef<ApiKey>('ApiKey');
