import { type GraphQLSchema, getNamedType } from 'graphql';

/** Describes the input and the result of each mutation by its name. What an input says about itself follows. */
export function describeMutations(schema: GraphQLSchema): GraphQLSchema {
  for (const { name, args, type } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    getNamedType(type).description = `Result of \`${name}\`: its payload, or the error that prevented it.`;
    for (const input of args.map((arg) => getNamedType(arg.type))) {
      input.description = [`Input of \`${name}\`.`, input.description ?? ''].join(' ').trim();
    }
  }
  return schema;
}
