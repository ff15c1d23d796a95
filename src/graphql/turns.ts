import { type GraphQLSchema, isObjectType } from 'graphql';
import type { GraphQLContext } from './context.js';

/**
 * Makes every resolver that does more than read a property wait for its request's turn, so that other requests are served
 * in between, however large one request is.
 */
export function inTurns(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve, extensions } = field;
      if (!resolve || 'pothosExposedField' in extensions || type.name.startsWith('__')) continue;
      field.resolve = (parent, args, context: GraphQLContext, info) =>
        context.turn(() => resolve(parent, args, context, info));
    }
  }
  return schema;
}
