import { MAX_QUERY, MAX_TERMS } from '../../search/contract.js';
import { MAX_FILTER_TEXT, MAX_FILTER_VALUES } from '../../services/input/filters.js';
import { MAX_DELETED, MAX_DELETED_BYTES } from '../../services/records/delete-many.js';
import { grouped } from '../../util/text/grouped.js';

/** Descriptions of what filters share. */
export const allOf = (plural: string): string =>
  `Selects the ${plural} that meet all conditions given. A field that is left out adds no condition.`;
export const ANY_OF = `Matches any of these values; at most ${MAX_FILTER_VALUES}. An empty list matches nothing.`;
export const FILTER_TEXT = `Case and Unicode composition are ignored: \`ß\` matches \`SS\`, and \`é\` as one code point matches \`é\` as two. At most ${grouped(MAX_FILTER_TEXT)} characters.`;
/** Describes the text of every search. */
export const QUERY_TEXT = `Only the first ${grouped(MAX_QUERY)} characters are used; full-text search uses only the ${MAX_TERMS} rarest words among them.`;

/** What an update does with the fields of its input. */
export const UPDATE =
  'A field that is left out stays unchanged. Null clears a field that says "Null for none" or "Null for unknown", and is an error in any other. A list or an object replaces the old one as a whole.';
/** The end of a field's description: its default in a creation, nothing in an update, which has none. */
export type DefaultText = (value: string) => string;
export const withDefault: DefaultText = (value) => ` Default: ${value}.`;
export const withoutDefault: DefaultText = () => '';

/** Which folders a project's own location can be in. */
export const UNUSED = 'not used by the server itself or by another project';

/** Describes the count of every list. */
export const TOTAL = 'Number of items on all pages. Counted only when requested.';

/** Describes the record that such a mutation returns. */
export function createdText(noun: string): string {
  return `The new ${noun}, or the one that already had its \`externalId\`.`;
}

/** Describes the mutation that updates or creates a record of this kind. */
export function upsertText(noun: string): string {
  return `Updates the ${noun} that has the \`externalId\`, or creates it: of calls that race, one creates it. Fields that are left out stay unchanged, or get their default in a new ${noun}. Versions are not compared. If a deleted ${noun} has the \`externalId\`, the result is an \`AlreadyExistsError\`.`;
}

/** Describes an `externalId`. */
export function ownIdText(noun: string, scope: string): string {
  return `The client's own id for the ${noun}: at most 256 characters, unique ${scope}.`;
}

/** Describes the mutation that deletes what matches a filter. */
export function deletionText(plural: string): string {
  return `Deletes all ${plural} that match a filter, all or none; if there are more than ${grouped(MAX_DELETED)}, or more than ${MAX_DELETED_BYTES / 2 ** 20} MB of them, the result is an \`InvalidInputError\`.`;
}

/** Describes the input `externalId` of a mutation that creates a record of this kind. */
export function externalIdText(noun: string, scope: string): string {
  return `${ownIdText(noun, scope)} If a live ${noun} already has it, that ${noun} is returned unchanged, so a retry creates no duplicate. If a deleted one has it, the result is an \`AlreadyExistsError\`.`;
}
