import { type GraphQLSchema, getNamedType, isUnionType } from 'graphql';

/**
 * Describes the input, the result and the payload of each mutation by its name. What an input says about itself follows, and
 * a payload that says something keeps it.
 */
export function describeMutations(schema: GraphQLSchema): GraphQLSchema {
  for (const { name, args, type } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const result = getNamedType(type);
    result.description = `Result of \`${name}\`: its payload, or the error that prevented it.`;
    const payload = isUnionType(result)
      ? result.getTypes().find((member) => member.name.endsWith('Payload'))
      : undefined;
    if (payload) payload.description ??= `Result of \`${name}\` when it succeeds.`;
    for (const input of args.map((arg) => getNamedType(arg.type))) {
      input.description = [`Input of \`${name}\`.`, input.description ?? ''].join(' ').trim();
    }
  }
  return schema;
}
