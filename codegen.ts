import type { CodegenConfig } from '@graphql-codegen/cli';

type Output = NonNullable<CodegenConfig['generates'][string]>;

/** Types for the documents of a folder, in its folder `gql`. */
const typesFor = (folder: string): Record<string, Output> => ({
  [`${folder}/gql/`]: {
    documents: [`${folder}/**/*.ts`, `!${folder}/gql/**`],
    preset: 'client',
    presetConfig: { fragmentMasking: false },
    config: {
      documentMode: 'string',
      enumsAsTypes: true,
      emitLegacyCommonJSImports: false,
      importExtension: '.js',
      useTypeImports: true,
      scalars: { DateTime: 'string', JSON: 'unknown', JSONObject: 'Record<string, unknown>' },
    },
  },
});

/** Types for clients of the API, made from the committed schema: the command line and the examples. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  ignoreNoDocuments: true,
  generates: { ...typesFor('examples'), ...typesFor('src/cli') },
};

export default config;
