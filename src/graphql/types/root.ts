import { MAX_LABEL, MAX_PATH } from '../../domain/fields/common.js';
import { MAX_URL } from '../../domain/fields/text.js';
import { grouped } from '../../util/text/grouped.js';
import { builder } from '../builder.js';

builder.queryType({
  description: `Everything that can be read.

- Errors are in the response's \`errors\`: what happened and why in \`message\`, an \`ErrorCode\` in \`extensions.code\`, and what to do next in \`extensions.hint\`.
- An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (\`INVALID_INPUT\`).
- For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
- The basic terms are explained by \`StoredRecord\` (record, version, live and deleted), \`Project\` (store, storage mode, log) and \`PageInfo\` (cursor).`,
});

builder.mutationType({
  description: `Everything that can be written. A mutation returns its payload, or the \`Error\` that prevented it. With an error, nothing was written, unless its message says otherwise.

- \`InvalidInputError\`, \`NotFoundError\`, \`ForbiddenError\`, \`RouteChangedError\` and \`StoreError\` are part of every result, even where they can't occur.
- Other errors are in the response's \`errors\`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is \`INTERNAL\` or \`RESPONSE_TOO_LARGE\`, or the error's \`path\` leads into the payload.
- For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
- Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most ${grouped(MAX_LABEL)} characters, a path ${grouped(MAX_PATH)}, a URL ${grouped(MAX_URL)}. A field that exceeds its limit is an \`InvalidInputError\`.`,
});

builder.subscriptionType({
  description: `Streams of live events, over server-sent events or WebSocket. Every event has a \`cursor\`, which stands for the position after it.

- To resume after a disconnect, subscribe again with the last cursor received as \`after\`: the events since then come first, then live ones.
- A stream that can't continue ends with an error in \`errors\`. After \`CURSOR_EXPIRED\`, or after \`INVALID_CURSOR\` (the data was restored to an older state that lacks the last change delivered), query the current cursor (\`Project.cursor\`, \`projectListCursor\`), read the lists again, and subscribe with that cursor; to \`migrationProgress\`, subscribe without one. After any other error, do what its \`hint\` says, then resume with the last cursor.`,
});
