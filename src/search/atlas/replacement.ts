import type { AnyBulkWriteOperation } from 'mongodb';
import type { IndexedMemory } from '../vectors/vector-index.js';
import { areSameFields, type FoundPassage, fieldsOf, type PassageDocument } from './passage-document.js';

/** How many former contents of a memory are kept, for edits that are undone; older ones are deleted by the next edit. */
const FORMER_CONTENTS = 3;

type BulkOperation = AnyBulkWriteOperation<PassageDocument>;

/** How to replace the stored passages of a memory. */
export interface Replacement {
  /** Ids of passages that are kept, but no longer live. */
  readonly former: readonly string[];
  /** Ids of passages to delete. */
  readonly obsolete: readonly string[];
  readonly changes: readonly BulkOperation[];
  readonly added: readonly PassageDocument[];
}

export function replacing(
  memory: IndexedMemory,
  documents: readonly PassageDocument[],
  stored: readonly FoundPassage[],
): Replacement {
  const fields = fieldsOf(memory);
  const wanted = new Set(documents.map(({ _id }) => _id));
  const present = new Set(stored.map(({ _id }) => _id));
  const isRight = (passage: FoundPassage) => passage.live && areSameFields(passage, fields);
  const changed = idsOf(stored.filter((passage) => wanted.has(passage._id) && !isRight(passage)));
  const others = stored.filter(({ _id }) => !wanted.has(_id));
  const kept = formerContents(others, memory.hash);
  const update = { $set: { ...fields, live: true, ...(documents[0] && { addedAt: documents[0].addedAt }) } };
  return {
    former: idsOf(others.filter(({ hash, live }) => live && kept.has(hash))),
    obsolete: idsOf(others.filter(({ hash }) => !kept.has(hash))),
    changes: changed.length > 0 ? [{ updateMany: { filter: { _id: { $in: [...changed] } }, update } }] : [],
    added: documents.filter(({ _id }) => !present.has(_id)),
  };
}

/** Retires and deletes passages first: only one content of a memory may be live. Empty when nothing has to change. */
export function inOrder(replacements: readonly Replacement[]): BulkOperation[] {
  const former = replacements.flatMap((each) => each.former);
  const obsolete = replacements.flatMap((each) => each.obsolete);
  return [
    ...(former.length > 0
      ? [{ updateMany: { filter: { _id: { $in: former } }, update: { $set: { live: false } } } }]
      : []),
    ...(obsolete.length > 0 ? [{ deleteMany: { filter: { _id: { $in: obsolete } } } }] : []),
    ...replacements.flatMap(({ changes }) => changes),
    ...replacements.flatMap(({ added }) => added).map((document) => ({ insertOne: { document } })),
  ];
}

const idsOf = (passages: readonly FoundPassage[]): readonly string[] => passages.map(({ _id }) => _id);

/** The last contents of a memory before the current one. */
function formerContents(passages: readonly FoundPassage[], current: string): ReadonlySet<string> {
  const byTime = passages.filter(({ hash }) => hash !== current).sort((a, b) => Number(b.addedAt) - Number(a.addedAt));
  return new Set([...new Set(byTime.map(({ hash }) => hash))].slice(0, FORMER_CONTENTS));
}
