import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.js';
import './scalars.js';
import './errors.js';
import './types/server-info.js';
import './types/project.js';
import './types/project-mutations.js';
import './types/task.js';
import './types/task-mutations.js';
import './types/memory.js';
import './types/memory-mutations.js';
import './types/memory-context.js';
import './types/search.js';
import './types/session.js';
import './types/session-mutations.js';
import './types/state.js';
import './types/state-mutations.js';
import './types/record-mutations.js';
import './types/changes.js';
import './types/storage-config.js';
import './types/storage-config-mutations.js';
import './types/storage-health.js';
import './types/attachments.js';
import './types/usage.js';
import './types/migration.js';
import './types/migration-mutations.js';

/** The schema, its types in the order they are written in. Building it takes a while: it is made once. */
export const schema: GraphQLSchema = builder.toSchema({ sortSchema: false });
