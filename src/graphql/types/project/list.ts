import type { ProjectFilter } from '../../../repositories/factory.js';
import * as filters from '../../../services/input/filters.js';
import { parseInput } from '../../../services/input/parse.js';
import { builder } from '../../builder.js';
import { ProjectModeEnum, StorageModeEnum } from '../../enums.js';
import { withoutNulls } from '../../input.js';
import { ProjectRef } from '../../refs.js';
import { FILTER_TEXT, orderInput, TOTAL } from '../common.js';

/** A project whose store is in trouble must not take the others with it, so its place may be null. */
export const ProjectConnection = builder.connectionObject(
  {
    type: ProjectRef,
    name: 'ProjectConnection',
    description: "A page of projects. Where one can't be read, its place is null and an error says why.",
    nodeNullable: true,
    edgesNullable: { list: false, items: false },
    fields: (t) => ({
      totalCount: t.int({ description: TOTAL, resolve: (connection) => connection.totalCount() }),
    }),
  },
  { name: 'ProjectEdge', description: 'A project and its place in the list.' },
);

export const ProjectFilterInput = builder.inputType('ProjectFilter', {
  description: 'Which projects: those for which all of it holds.',
  fields: (t) => ({
    text: t.string({ description: `Contained in the name, the description or the path. ${FILTER_TEXT}` }),
    isActive: t.boolean({ description: 'Whether it is being worked on.' }),
    mode: t.field({ type: ProjectModeEnum, description: 'How much it keeps.' }),
    storageMode: t.field({ type: StorageModeEnum, description: 'Where its data lives.' }),
  }),
});

/** The filter as repositories take it. @throws InvalidInputError */
export function projectFilter(filter: typeof ProjectFilterInput.$inferInput | null | undefined): ProjectFilter {
  return parseInput(filters.projectFilter, withoutNulls(filter), 'filter');
}

export const ProjectOrderInput = orderInput('Project', {
  CREATED_AT: ['createdAt', 'When it was made.'],
  UPDATED_AT: ['updatedAt', 'When it was last written.'],
  NAME: ['name', 'What it is called.'],
});
