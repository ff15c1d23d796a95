import type { Principal } from '../../domain/access/principal.js';
import type { SecurityEventKind } from '../../domain/access/security-event.js';
import type { LogHeader, Operation } from '../../domain/log-entry.js';
import type { LogPosition } from '../../domain/log-position.js';
import type { Json } from '../../util/json/json.js';
import type { Turn } from '../../util/turn.js';

/** Who did what: the entries of the server's log and of projects' logs, without what they mustn't show. */
export interface AuditService {
  /**
   * A page of entries. It reads a bounded part of the log: a page may have fewer entries than it could, or none, and continues
   * at its `end`.
   * @throws ForbiddenError, NotFoundError when the principal may not read this log
   * @throws InvalidInputError, LogReplacedError
   */
  list(query: AuditQuery): Promise<AuditPage>;
  /** The same as CSV; that it was exported is noted. @throws as `list` */
  csv(query: AuditQuery): Promise<AuditPage & { readonly text: string }>;
  /** Notes what no record tells: collected, and written within about a minute. It never throws. */
  note(event: SecurityNote): void;
  /** Notes that somebody exported something, unless there are no users: then it isn't known who. */
  noteExport(principal: Principal, detail: string, projectId?: string): void;
  /** Writes all that was noted. What can't be written now stays pending. @throws StoreError */
  flush(): Promise<void>;
}

/** Something that happened. What is left out doesn't apply. */
export interface SecurityNote {
  readonly kind: SecurityEventKind;
  readonly address?: string | undefined;
  /** The id of a user or key, or `local`. */
  readonly actor?: string | undefined;
  readonly projectId?: string | undefined;
  /** One of a few texts, such as why a credential was refused. Never anything that a client sent. */
  readonly detail: string;
}

/** Which entries. All conditions must hold. */
export interface AuditFilter {
  /** As in the log, or its beginning up to a space: `key_…` is also `key_… claude`. A user's id is also that of their keys. */
  readonly actor?: string | undefined;
  readonly collection?: string | undefined;
  readonly recordId?: string | undefined;
  /**
   * The entries of this project's own log; together with a collection of the server's, or the project's own id as `recordId`,
   * the entries of the server's log that are about the project.
   */
  readonly projectId?: string | undefined;
  readonly operation?: Operation | undefined;
  readonly requestId?: string | undefined;
  /** ISO time, inclusive. */
  readonly after?: string | undefined;
  /** ISO time, exclusive. */
  readonly before?: string | undefined;
}

export interface AuditQuery {
  /** Whose rights the read needs. */
  readonly principal: Principal;
  readonly filter: AuditFilter;
  readonly direction: 'ASC' | 'DESC';
  readonly after: LogPosition | null;
  readonly before: LogPosition | null;
  readonly limit: number;
  /** Take them from the end of the range; the entries keep the order. */
  readonly fromEnd: boolean;
  /** Schedules the reads. */
  readonly turn: Turn;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** Whether the range may have more, on the side it wasn't taken from. */
  readonly hasMore: boolean;
  /** Where the page ends on that side; null when nothing was read. */
  readonly end: LogPosition | null;
}

export interface AuditEntry extends LogHeader {
  readonly by: AuditActor;
  /** The project that the entry is about; null: none. */
  readonly projectId: string | null;
  /** What happened, on one line, for people. */
  readonly summary: string;
  /** What the write changed, of the fields that the audit shows; null when an image was erased, or of a purge. */
  readonly changes: readonly AuditChange[] | null;
}

/** Who did it. */
export interface AuditActor {
  /** `OTHER`: a part of the server, or a name that a client gave itself before there were users. */
  readonly kind: 'USER' | 'KEY' | 'PROGRAM' | 'LOCAL' | 'OTHER';
  /** Of a user or key: its id; of a program, that of the consent. */
  readonly id: string | null;
  /** Of a user or key: its name; null when it was purged. */
  readonly name: string | null;
  /** What the client said of itself; null: nothing. */
  readonly client: string | null;
}

export interface AuditChange {
  readonly field: string;
  /** Whether the values are left out: they are contents, which those see who may read the record itself. */
  readonly isHidden: boolean;
  readonly before: Json;
  readonly after: Json;
}
