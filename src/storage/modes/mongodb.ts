import type { ModeKind } from './mode.js';
import { createUnconfiguredMode } from './unconfigured.js';

export const mongoMode: ModeKind = {
  uses: [],
  create: (_, { miniLm: { model } }) =>
    createUnconfiguredMode(
      { why: 'it is not configured.', hint: 'Set MONGODB_CONNECTION_STRING.' },
      { embedder: { name: model.name, dimensions: model.dimensions, note: null }, vectorSearch: 'EMBEDDED' },
    ),
  test: async () => [],
};
