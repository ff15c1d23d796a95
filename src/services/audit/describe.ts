import { isDeepStrictEqual } from 'node:util';
import type { SecurityEventKind } from '../../domain/access/security-event.js';
import type { LogEntry, Operation } from '../../domain/log-entry.js';
import type { LogImage } from '../../storage/store.js';
import type { Json, JsonObject } from '../../util/json/json.js';
import { plainLine } from '../../util/text/plain.js';
import type { AuditedCollection } from './audited.js';
import type { AuditChange, AuditEntry } from './contract.js';
import { auditedOf } from './whitelist.js';

/** An entry without who did it. `projectId`: whose log it is in; null: the server's. */
export function describeEntry({ entry, after }: LogImage, projectId: string | null): Omit<AuditEntry, 'by'> {
  const { before, isErased: _, ...header } = entry;
  const audited = auditedOf(entry.collection);
  const changes = changesOf(entry, after, audited);
  const about = projectId ?? projectOf(entry, after ?? before, audited);
  return { ...header, projectId: about, changes, summary: summarize(entry, after ?? before, changes, audited) };
}

function changesOf(
  { operation, before }: LogEntry,
  after: JsonObject | null,
  { shown, named }: AuditedCollection,
): readonly AuditChange[] | null {
  const isKnown = after !== null && (before !== null || operation === 'CREATE');
  if (!isKnown) return null;
  const changed = (field: string) => !isDeepStrictEqual(fieldOf(before, field), fieldOf(after, field));
  return [
    ...shown.filter(changed).map((field) => ({
      ...{ field, isHidden: false },
      ...{ before: fieldOf(before, field), after: fieldOf(after, field) },
    })),
    // A creation gives all fields a value: which ones says nothing.
    ...(before === null ? [] : named.filter(changed)).map((field) => ({
      ...{ field, isHidden: true, before: null, after: null },
    })),
  ];
}

/** A field that a record lacks has no value, as one that is null. */
function fieldOf(record: JsonObject | null, field: string): Json {
  return (record && Object.hasOwn(record, field) ? record[field] : null) ?? null;
}

function projectOf(
  { recordId }: LogEntry,
  record: JsonObject | null,
  { projectField }: AuditedCollection,
): string | null {
  if (projectField === undefined) return null;
  if (projectField === 'id') return recordId;
  const id = fieldOf(record, projectField);
  // An empty text and `*` stand for no project in particular.
  return typeof id === 'string' && id.length > 1 ? id : null;
}

const VERBS: Readonly<Record<Operation, string>> = {
  CREATE: 'Created',
  UPDATE: 'Changed',
  DELETE: 'Deleted',
  RESTORE: 'Restored',
  REVERT: 'Reverted',
  REDACT: 'Redacted secrets in',
  PURGE: 'Purged',
};

function summarize(
  { collection, recordId, operation }: LogEntry,
  record: JsonObject | null,
  changes: readonly AuditChange[] | null,
  audited: AuditedCollection,
): string {
  const { noun, label, setting = {} } = audited;
  const own = record && operation !== 'PURGE' ? SUMMARIES[collection]?.(record, operation) : undefined;
  if (own) return own;
  const set = changes?.find(({ field, before, after }) => setting[field] && before === null && after !== null);
  const name = label === undefined ? null : fieldOf(record, label);
  const what = `${noun} ${typeof name === 'string' ? plainLine(name) : recordId}`;
  const fields = operation === 'UPDATE' && !set ? (changes ?? []).map(({ field }) => field) : [];
  const verb = (set && operation === 'UPDATE' && setting[set.field]) || VERBS[operation];
  return `${verb} ${what}${fields.length > 0 ? `: ${fields.join(', ')}` : ''}`;
}

const text = (record: JsonObject, field: string): string => plainLine(String(fieldOf(record, field) ?? ''));

/** Collections whose entries say more than that a record was written. */
const SUMMARIES: Readonly<Record<string, ((record: JsonObject, operation: Operation) => string) | undefined>> = {
  grants: (grant, operation) => {
    const verb = operation === 'DELETE' ? 'Took from' : operation === 'CREATE' ? 'Gave' : 'Changed for';
    const projectId = text(grant, 'projectId');
    const where = projectId === '*' ? 'all projects' : projectId;
    return `${verb} ${text(grant, 'subjectId')} ${text(grant, 'level')} access to ${where}`;
  },
  oauthConsents: (consent, operation) => {
    const verb = operation === 'DELETE' ? 'Stopped' : operation === 'CREATE' ? 'Let in' : 'Changed what may do';
    const { projectIds } = consent;
    const where = Array.isArray(projectIds) ? `${projectIds.length} projects` : 'all projects';
    return `${verb} ${text(consent, 'clientId')} for ${text(consent, 'userId')}: ${text(consent, 'level') || 'no'} access to ${where}`;
  },
  keyUse: (use) =>
    `${text(use, 'keyId')} sent ${text(use, 'requests')} requests on ${text(use, 'day')}, ${text(use, 'refused')} refused`,
  securityEvents: (event) => {
    const [one, many] = EVENTS[text(event, 'kind') as SecurityEventKind] ?? ['event', 'events'];
    const count = Number(event.count);
    const [address, projectId, detail] = [text(event, 'address'), text(event, 'projectId'), text(event, 'detail')];
    const key = event.kind === 'EXPORT' ? '' : text(event, 'actor');
    const where = `${address && ` from ${address}`}${key && ` with ${key}`}${projectId && ` of ${projectId}`}`;
    return `${count} ${count === 1 ? one : many}${where} within an hour${detail && `: ${detail}`}`;
  },
};

const EVENTS: Readonly<Record<SecurityEventKind, readonly [one: string, many: string]>> = {
  CREDENTIAL_REFUSED: ['refused credential', 'refused credentials'],
  SETUP_REFUSED: ['refused set-up token', 'refused set-up tokens'],
  EXPORT: ['export', 'exports'],
};
