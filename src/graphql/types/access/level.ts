import type { AccessLevel } from '../../../domain/access/level.js';
import { enumOf } from '../../enums.js';

export const AccessLevelEnum = enumOf<AccessLevel>(
  'AccessLevel',
  'What somebody may do in a project. Each level includes those before it.',
  {
    READ: 'Reads everything in the project.',
    WRITE: 'Also writes tasks, memories, sessions and states.',
    MANAGE: 'Also changes the project itself, shares, moves, deletes and purges it.',
  },
);
