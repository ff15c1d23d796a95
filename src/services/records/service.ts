import { z } from 'zod';
import type { Author, VersionedId } from '../../domain/author.js';
import { NotFoundError } from '../../domain/errors.js';
import { idOf } from '../../domain/fields/common.js';
import { parseInput } from '../../domain/fields/parse.js';
import { parseId, type RecordKind } from '../../domain/id.js';
import type { RecordBase } from '../../domain/record.js';
import type { Session } from '../../domain/session.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import type { Repositories } from '../../repositories/project-repositories.js';
import type { IndexRepair } from '../../search/contract.js';
import type { ConfirmationTokens, PurgeTarget } from '../confirmation-tokens.js';
import { restoration, reversion } from '../input/record.js';
import { getRecord, type Lifecycle } from './lifecycle.js';
import { type RuleSet, withRules } from './rules/rule-set.js';
import { countEveryMemory } from './rules/session.js';
import type { Router } from './store-router.js';
import type { UndoRequest } from './undo/undo-request.js';

/** What is the same for every kind of record. */
export interface RecordService {
  /** The record of any id, deleted ones included unless its project is deleted; null when there is none. */
  find(id: string): Promise<RecordBase | null>;
  /** A token that confirms the purge of this record at its current version, valid for ten minutes. */
  requestPurge(author: Author, input: { readonly id: string }): Promise<PurgeRequest>;
  /** Writes the record as it was at `toVersion`, as a new version. Undoes a deletion too. */
  revert(author: Author, input: VersionedId & { readonly toVersion: number }): Promise<RecordBase>;
  readonly revertRequest: UndoRequest;
  /** Repairs a project's search index. */
  repairIndex(input: { readonly projectId: string }): Promise<IndexRepair>;
  /** Purges what was deleted longer ago than the retention, and trims log images older than theirs. */
  applyRetention(): Promise<{ readonly purged: number; readonly trimmed: number }>;
}

export interface PurgeRequest {
  readonly token: string;
  readonly expiresAt: string;
  readonly record: RecordBase;
  /** What the purge would remove, for a person to read. */
  readonly consequence: string;
}

const repair = z.object({ projectId: idOf('project') });

export function createRecordService(
  factory: RepositoryFactory,
  router: Router,
  rules: RuleSet,
  lifecycle: Lifecycle,
  tokens: ConfirmationTokens<PurgeTarget>,
  retain: RecordService['applyRetention'],
  revertRequest: UndoRequest,
  now: () => number,
): RecordService {
  const getAny = async (id: string): Promise<RecordBase> => {
    const route = await router.toRecord(id);
    return withRules<Promise<RecordBase>>(rules, kindOf(id), (kind) => getRecord(kind, route, id));
  };

  return {
    async find(id) {
      try {
        return await getAny(parseInput(idOf(), id));
      } catch (error) {
        if (error instanceof NotFoundError) return null;
        throw error;
      }
    },

    async requestPurge(_author, input) {
      const { id } = parseInput(restoration('project', 'task', 'memory', 'session', 'state'), input);
      const record = await getAny(id);
      const memories = kindOf(id) === 'session' ? await countOf(factory, record as Session) : undefined;
      const consequence = await describe(factory, record, memories ?? 0);
      return { ...tokens.issue({ id, version: record.version, memories }, now()), record, consequence };
    },

    async revert(author, input) {
      const { id, version, toVersion } = parseInput(reversion, input);
      return withRules<Promise<RecordBase>>(rules, kindOf(id), (kind) =>
        lifecycle.revert(kind, author, { id, version }, toVersion),
      );
    },

    revertRequest,

    async repairIndex(input) {
      const { projectId } = parseInput(repair, input);
      return (await factory.of(projectId)).search.repair();
    },

    applyRetention: retain,
  };
}

function kindOf(id: string): RecordKind {
  const parsed = parseId(id);
  if (!parsed) throw new NotFoundError(id);
  return parsed.kind;
}

async function countOf(factory: RepositoryFactory, session: Session): Promise<number> {
  return countEveryMemory((await factory.of(session.id)).store, session);
}

/** What a purge would remove for good, for a person to read. `contained`: the number of a session's memories. */
async function describe(factory: RepositoryFactory, record: RecordBase, contained: number): Promise<string> {
  const kind = kindOf(record.id);
  const name = `The ${kind} ${record.id}`;
  if (kind !== 'project') {
    const { states, memories } = await factory.of(record.id);
    const owned = await states.count({ ownerId: record.id }, 'INCLUDE');
    const about = kind === 'task' ? await memories.count({ taskId: record.id }, 'INCLUDE') : 0;
    const stays = about > 0 ? ` Its ${count(about, 'memory', 'memories')} would stay.` : '';
    const contents = [
      ...(contained > 0 ? [count(contained, 'memory', 'memories')] : []),
      ...(owned > 0 ? [count(owned, 'state')] : []),
    ];
    const [gone, whose] = contents.length > 0 ? [`${name} and its ${contents.join(' and ')}`, 'their'] : [name, 'its'];
    return `${gone} would be removed permanently, and ${whose} content erased from the log.${stays}`;
  }
  const contents = record.deletedAt ? 'everything in it' : await countContents(await factory.of(record.id));
  return `${name} would be removed permanently, with its log and ${contents}, deleted records included.`;
}

async function countContents({ tasks, memories, sessions, states }: Repositories): Promise<string> {
  const [ofTasks, ofMemories, ofSessions, ofStates] = await Promise.all(
    [tasks, memories, sessions, states].map((repository) => repository.count({}, 'INCLUDE')),
  );
  return [
    count(ofTasks!, 'task'),
    count(ofMemories!, 'memory', 'memories'),
    count(ofSessions!, 'session'),
    count(ofStates!, 'state'),
  ].join(', ');
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
