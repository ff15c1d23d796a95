import type { CodegenConfig } from '@graphql-codegen/cli';

type Output = NonNullable<CodegenConfig['generates'][string]>;

/** Seen from this folder, where the generator and its parts are installed. */
const ROOT = '../..';

const TYPES = {
  enumsAsTypes: true,
  useTypeImports: true,
  scalars: { DateTime: 'string', JSON: 'unknown', JSONObject: 'Record<string, unknown>' },
};

/** Types for the documents of a folder, in its folder `gql`. */
const typesFor = (folder: string): Record<string, Output> => ({
  [`${ROOT}/${folder}/gql/`]: {
    documents: [`${ROOT}/${folder}/**/*.ts`, `!${ROOT}/${folder}/gql/**`],
    preset: 'client',
    presetConfig: { fragmentMasking: false },
    config: { ...TYPES, documentMode: 'string', emitLegacyCommonJSImports: false, importExtension: '.js' },
  },
});

/**
 * Every type of the schema, for clients that bring their own documents: what the package exports as `mooring/client`. As
 * CommonJS, whose types may be imported from either kind of module.
 */
const schemaTypes: Record<string, Output> = {
  [`${ROOT}/client/index.d.cts`]: {
    plugins: ['typescript'],
    config: TYPES,
  },
};

/** Types for clients of the API, made from the committed schema. */
const config: CodegenConfig = {
  schema: `${ROOT}/schema.graphql`,
  ignoreNoDocuments: true,
  generates: { ...typesFor('examples'), ...typesFor('src/cli'), ...typesFor('src/mcp'), ...schemaTypes },
};

export default config;
