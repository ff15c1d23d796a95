import { MAX_LABEL, MAX_PATH } from '../../domain/fields/common.js';
import { MAX_URL } from '../../domain/fields/text.js';
import { builder } from '../builder.js';
import { grouped } from './descriptions.js';

builder.queryType({
  description: `Everything that can be read.

- Errors are in the response's \`errors\`: what happened and why in \`message\`, an \`ErrorCode\` in \`extensions.code\`, and what to do next in \`extensions.hint\`.
- An id that no record has returns null. A text that isn't an id, or the id of another kind of record, is an error.
- The basic terms are explained by \`StoredRecord\` (record, version, live and deleted), \`Project\` (store, storage mode, log) and \`PageInfo\` (cursor).`,
});

builder.mutationType({
  description: `Everything that can be written. A mutation returns its payload, or the \`Error\` that prevented it; then nothing was written, unless the message says otherwise.

- \`InvalidInputError\`, \`NotFoundError\`, \`RouteChangedError\` and \`StoreError\` are part of every result, even where they can't occur.
- Other errors are in the response's \`errors\`, as those of queries are: the request doesn't fit the schema, exceeds a limit, or met an unexpected error of the server.
- Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most ${grouped(MAX_LABEL)} characters, a path ${grouped(MAX_PATH)}, a URL ${grouped(MAX_URL)}.`,
});

builder.subscriptionType({
  description: `Streams of live events, over server-sent events or WebSocket. Every event has a \`cursor\`, which stands for the position after it.

- To resume after a disconnect, subscribe again with the last cursor received as \`after\`: the events since then come first, then live ones.
- A stream ends with an error in \`errors\` if it can't continue: \`CURSOR_EXPIRED\`, or \`INVALID_CURSOR\` if the data was restored to an older state that lacks the last change delivered. Then query the current cursor (\`Project.cursor\`, \`projectListCursor\`), read the lists again, and subscribe with that cursor.`,
});
