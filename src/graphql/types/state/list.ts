import { parseInput } from '../../../domain/fields/parse.js';
import type { StateFilter } from '../../../repositories/filters.js';
import * as filters from '../../../services/input/filters.js';
import { withoutNulls } from '../../arguments.js';
import { builder } from '../../builder.js';
import { allOf } from '../descriptions.js';

export const StateFilterInput = builder.inputType('StateFilter', {
  description: allOf('states'),
  fields: (t) => ({
    ownerId: t.id({ description: 'Project, task or session that the state belongs to.' }),
    key: t.string({ description: 'Key of the state.' }),
  }),
});

/** Parses the filter. @throws InvalidInputError */
export function stateFilter(filter: typeof StateFilterInput.$inferInput | null | undefined): StateFilter {
  return parseInput(filters.stateFilter, withoutNulls(filter), 'filter');
}
