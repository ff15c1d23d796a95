import { type GraphQLSchema, isObjectType } from 'graphql';
import type { GraphQLContext } from './context.js';

/**
 * Lets every resolver that does more than read a property begin in its request's turn: between two of them others are
 * heard, however much one request asks for.
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
