import { builder } from '../builder.js';
import { ProjectModeEnum, StorageModeEnum } from '../enums.js';
import { ProjectRef } from '../refs.js';
import { orderInput, recordConnection } from './common.js';

export const ProjectConnection = recordConnection(ProjectRef, 'Project', 'projects');

export const ProjectFilterInput = builder.inputType('ProjectFilter', {
  description: 'Which projects: those for which all of it holds.',
  fields: (t) => ({
    text: t.string({ description: 'Contained in the name, the description or the path.' }),
    isActive: t.boolean({ description: 'Whether it is being worked on.' }),
    mode: t.field({ type: ProjectModeEnum, description: 'How much it keeps.' }),
    storageMode: t.field({ type: StorageModeEnum, description: 'Where its data lives.' }),
  }),
});

export const ProjectOrderInput = orderInput('Project', {
  CREATED_AT: ['createdAt', 'When it was made.'],
  UPDATED_AT: ['updatedAt', 'When it was last written.'],
  NAME: ['name', 'What it is called.'],
});
