import { parseInput } from '../../../domain/fields/parse.js';
import type { Project } from '../../../domain/project.js';
import type { ProjectFilter } from '../../../repositories/filters.js';
import * as filters from '../../../services/input/filters.js';
import type { Deleted } from '../../../storage/store.js';
import { withoutNulls } from '../../arguments.js';
import { type Arguments, builder } from '../../builder.js';
import type { Connection, PageArgs } from '../../connection.js';
import type { GraphQLContext } from '../../context.js';
import { ProjectModeEnum, StorageModeEnum } from '../../enums.js';
import { listRecords } from '../../lists.js';
import { ProjectRef } from '../../refs.js';
import { allOf, FILTER_TEXT, TOTAL } from '../descriptions.js';
import { listArgs, orderInput, orderOf } from '../list-types.js';

/** Nodes are nullable: a project whose store fails must not fail the whole page. */
export const ProjectConnection = builder.connectionObject(
  {
    type: ProjectRef,
    name: 'ProjectConnection',
    description: "A page of projects. A project that can't be read is null, and the response's `errors` say why.",
    nodeNullable: true,
    edgesNullable: { list: false, items: false },
    fields: (t) => ({
      totalCount: t.int({ description: TOTAL, resolve: (connection) => connection.totalCount() }),
    }),
  },
  {
    name: 'ProjectEdge',
    description: 'An item and its cursor.',
    nodeField: { description: "The item; null when it can't be read." },
  },
);

export const ProjectFilterInput = builder.inputType('ProjectFilter', {
  description: allOf('projects'),
  fields: (t) => ({
    text: t.string({ description: `Text that the name, the description or the path must contain. ${FILTER_TEXT}` }),
    isActive: t.boolean({ description: 'Whether the project is being worked on.' }),
    mode: t.field({ type: ProjectModeEnum, description: 'What the project is used for.' }),
    storageMode: t.field({ type: StorageModeEnum, description: "Where the project's data is stored." }),
    ownerId: t.id({ description: 'Id of the user who owns the project.' }),
  }),
});

/** Parses the filter. @throws InvalidInputError */
export function projectFilter(filter: typeof ProjectFilterInput.$inferInput | null | undefined): ProjectFilter {
  return parseInput(filters.projectFilter, withoutNulls(filter), 'filter');
}

export const ProjectOrderInput = orderInput('Project', 'projects', {
  CREATED_AT: ['createdAt', 'When the project was created.'],
  UPDATED_AT: ['updatedAt', "When the project's record was last written."],
  NAME: ['name', 'Name of the project.'],
});

/** The arguments of a list of projects. */
export function projectArgs(arg: Arguments) {
  const inputs = { filter: ProjectFilterInput, order: ProjectOrderInput };
  return listArgs(arg, 'projects', { ...inputs, sorting: 'newest first' });
}

interface ProjectArgs extends PageArgs {
  readonly filter?: typeof ProjectFilterInput.$inferInput | null | undefined;
  readonly orderBy?: typeof ProjectOrderInput.$inferInput | null | undefined;
  readonly deleted?: Deleted | null | undefined;
}

/** The projects that the caller sees. @throws InvalidInputError, CursorError */
export function listProjects(args: ProjectArgs, { catalog }: GraphQLContext): Promise<Connection<Project>> {
  return listRecords(catalog.projects, 'this server', args, {
    filter: projectFilter(args.filter),
    deleted: args.deleted ?? 'EXCLUDE',
    order: orderOf(args.orderBy, { field: 'createdAt', direction: 'DESC' }),
  });
}
