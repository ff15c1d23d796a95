import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/domain/errors.js';
import { printSchema } from '../../src/graphql/print-schema.js';
import { schema } from '../../src/graphql/schema.js';
import { graphql } from './support.js';

const {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
} = graphql;

/** What TypeScript declares besides the globals of a running program. */
const UTILITY_TYPES =
  `Awaited Partial Required Readonly Record Pick Omit Exclude Extract NonNullable Parameters ConstructorParameters
  ReturnType InstanceType NoInfer ThisParameterType OmitThisParameter ThisType Uppercase Lowercase Capitalize Uncapitalize
  PropertyKey PropertyDescriptor ArrayLike PromiseLike Iterable Iterator IteratorResult Generator AsyncGenerator
  AsyncIterable AsyncIterator ReadonlyArray ReadonlyMap ReadonlySet Disposable`.split(/\s+/);

const own = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
const typeOf = (name: string) => schema.getType(name);
const fieldsOf = (name: string): Record<string, string> => {
  const type = typeOf(name);
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type))
    throw new Error(`${name} has no fields.`);
  return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, String(field.type)]));
};
const argumentsOf = (type: string, field: string): Record<string, string> => {
  const found = typeOf(type);
  if (!isObjectType(found)) throw new Error(`${type} is no object type.`);
  return Object.fromEntries(
    found
      .getFields()
      [field]!.args.map(({ name, type, defaultValue }) => [
        name,
        defaultValue === undefined ? String(type) : `${type} = ${defaultValue}`,
      ]),
  );
};

describe('the schema', () => {
  it('is the one that is committed', () => {
    expect(printSchema()).toBe(readFileSync('schema.graphql', 'utf8'));
  });

  it('describes everything in it', () => {
    const missing: string[] = [];
    const checkDescription = (what: string, { description }: { description?: string | null | undefined }) => {
      if (!description?.trim()) missing.push(what);
    };
    for (const type of own) {
      checkDescription(type.name, type);
      if (isEnumType(type)) for (const value of type.getValues()) checkDescription(`${type.name}.${value.name}`, value);
      if (isInputObjectType(type))
        for (const field of Object.values(type.getFields())) checkDescription(`${type.name}.${field.name}`, field);
      if (isObjectType(type) || isInterfaceType(type)) {
        for (const field of Object.values(type.getFields())) {
          checkDescription(`${type.name}.${field.name}`, field);
          for (const arg of field.args) checkDescription(`${type.name}.${field.name}(${arg.name})`, arg);
        }
      }
    }
    expect(missing).toEqual([]);
  });

  it('names the specification of each of its own scalars', () => {
    const scalars = own.filter(isScalarType).filter((type) => !isSpecifiedScalarType(type));
    expect(Object.fromEntries(scalars.map(({ name, specifiedByURL }) => [name, specifiedByURL]))).toEqual({
      DateTime: 'https://scalars.graphql.org/andimarek/date-time.html',
      JSON: 'https://www.rfc-editor.org/rfc/rfc8259',
      JSONObject: 'https://www.rfc-editor.org/rfc/rfc8259',
    });
  });

  it('never tells an agent how to destroy something', () => {
    expect(printSchema()).not.toMatch(/\b(rm -|rmdir|unlink|drop table|delete from|git (push|reset|clean))/i);
  });

  it('has `id` on nodes alone, so that a client that caches by type and id takes no error for a record', () => {
    const others = own
      .filter((type) => isObjectType(type) || isInterfaceType(type))
      .filter((type) => 'id' in type.getFields() && type.name !== 'Node')
      .filter((type) => !type.getInterfaces().some(({ name }) => name === 'Node'));
    expect(others.map(({ name }) => name)).toEqual([]);
  });

  it('names no type like one of TypeScript, which generated code would shadow, except `Error` on purpose', () => {
    const taken = new Set([...Object.getOwnPropertyNames(globalThis), ...UTILITY_TYPES]);
    // Generators make no types of scalars.
    const hiding = own.filter((type) => taken.has(type.name) && !isScalarType(type));
    expect(hiding.map(({ name }) => name)).toEqual(['Error']);
  });

  it('answers every mutation with its payload or an error that says what to do', () => {
    for (const { name, type, args } of Object.values(schema.getMutationType()!.getFields())) {
      const noun = name.charAt(0).toUpperCase() + name.slice(1);
      expect(String(type)).toBe(`${noun}Result!`);
      expect(args.map(({ name, type }) => `${name}: ${type}`)).toEqual([`input: ${noun}Input!`]);
      const result = typeOf(`${noun}Result`);
      const members = isUnionType(result) ? result.getTypes() : [];
      expect(members.map(({ name }) => name)).toEqual(
        expect.arrayContaining([`${noun}Payload`, 'InvalidInputError', 'NotFoundError', 'StoreError']),
      );
      for (const member of members.filter(({ name }) => name !== `${noun}Payload`)) {
        expect(member.getInterfaces().map(({ name }) => name)).toEqual(['Error']);
      }
    }
  });

  it('describes the input and the result of every mutation by its name', () => {
    for (const { name, args, type } of Object.values(schema.getMutationType()!.getFields())) {
      for (const { type } of args) expect(graphql.getNamedType(type).description).toMatch(`Input of \`${name}\`.`);
      expect(graphql.getNamedType(type).description).toMatch(`Result of \`${name}\`: `);
    }
  });

  it('names errors by stable codes', () => {
    expect(fieldsOf('Error')).toEqual({ message: 'String!', code: 'ErrorCode!', hint: 'String!' });
    const codes = typeOf('ErrorCode');
    expect(isEnumType(codes) && codes.getValues().map(({ name }) => name)).toEqual([...ERROR_CODES]);
  });

  it('accepts exactly one of id and path to look up a project', () => {
    const by = typeOf('ProjectBy');
    expect(isInputObjectType(by) && by.isOneOf).toBe(true);
  });

  it('requires the version that was read wherever something is changed, deleted or purged', () => {
    for (const verb of ['update', 'delete', 'purge']) {
      for (const noun of ['Project', 'Task', 'Memory']) {
        expect(
          fieldsOf(`${verb}${noun[0]!.toUpperCase()}${noun.slice(1)}Input`.replace(/^./, (c) => c.toUpperCase())),
        ).toMatchObject({ id: 'ID!', version: 'Int!' });
      }
    }
  });
});

describe('the names that clients rely on', () => {
  it.each([
    ['Query', 'node', { id: 'ID!' }, 'Node'],
    ['Query', 'nodes', { ids: '[ID!]!' }, '[Node]!'],
    ['Query', 'project', { by: 'ProjectBy!' }, 'Project'],
    ['Query', 'task', { id: 'ID', by: 'TaskBy' }, 'Task'],
    ['Query', 'memory', { id: 'ID!' }, 'Memory'],
    ['Query', 'session', { id: 'ID!' }, 'Session'],
    ['Project', 'searchTasks', { query: 'String!', first: 'Int = 10', filter: 'TaskFilter' }, 'TaskSearch!'],
    [
      'Project',
      'searchMemories',
      {
        query: 'String!',
        mode: 'SearchMode = HYBRID',
        first: 'Int = 10',
        minSimilarity: 'Float',
        filter: 'MemoryFilter',
        superseded: 'Boolean',
        exceptSessionId: 'String',
      },
      'MemorySearch!',
    ],
    [
      'Project',
      'memoryContext',
      { query: 'String', sessionId: 'String', taskId: 'ID', maxTokens: 'Int = 2000' },
      'MemoryContext!',
    ],
    ['Project', 'state', { key: 'String!' }, 'State'],
    ['Task', 'state', { key: 'String!' }, 'State'],
    ['Session', 'state', { key: 'String!' }, 'State'],
    ['Session', 'export', { format: 'ExportFormat! = MARKDOWN', after: 'String' }, 'SessionExport!'],
    ['Subscription', 'projectChanges', { projectId: 'ID!', after: 'String' }, 'ProjectChange!'],
    ['Subscription', 'projectListChanges', { after: 'String' }, 'ProjectListChange!'],
  ])('has %s.%s', (type, field, args, result) => {
    expect(argumentsOf(type, field)).toEqual(args);
    expect(fieldsOf(type)[field]).toBe(result);
  });

  it.each([
    ['Query', 'projects', 'ProjectConnection!'],
    ['Project', 'tasks', 'TaskConnection!'],
    ['Project', 'memories', 'MemoryConnection!'],
    ['Project', 'sessions', 'SessionConnection!'],
    ['Project', 'states', 'StateConnection!'],
    ['Project', 'history', 'LogEntryConnection!'],
    ['Project', 'log', 'LogEntryConnection!'],
    ['Task', 'memories', 'MemoryConnection!'],
    ['Task', 'states', 'StateConnection!'],
    ['Task', 'history', 'LogEntryConnection!'],
    ['Session', 'memories', 'MemoryConnection!'],
    ['Session', 'states', 'StateConnection!'],
  ])('has the list %s.%s', (type, field, result) => {
    expect(argumentsOf(type, field)).toMatchObject({ first: 'Int', after: 'String', last: 'Int', before: 'String' });
    expect(fieldsOf(type)[field]).toBe(result);
  });

  it.each(['Query.projects', 'Project.tasks', 'Project.memories'])('leaves deleted records out of %s', (path) => {
    const [type, field] = path.split('.') as [string, string];
    expect(argumentsOf(type, field).deleted).toBe('DeletedFilter = EXCLUDE');
  });

  it.each([
    'createProject updateProject deleteProject restoreProject purgeProject',
    'createTask createTasks updateTask upsertTask deleteTask deleteTasks restoreTask purgeTask',
    'saveMemory saveMemories updateMemory upsertMemory deleteMemory deleteMemories restoreMemory purgeMemory',
    'createSession upsertSession updateSession deleteSession deleteSessions restoreSession purgeSession',
    'saveState upsertState deleteState deleteStates restoreState purgeState',
    'requestPurge revertRecord revertRequest repairIndex',
  ])('has the mutations %s', (names) => {
    expect(Object.keys(fieldsOf('Mutation'))).toEqual(expect.arrayContaining(names.split(' ')));
  });

  it.each([
    ['CreateProjectPayload', { project: 'Project!', redactions: '[Redaction!]!' }],
    ['CreateTasksPayload', { tasks: '[Task!]!', redactions: '[Redaction!]!' }],
    ['SaveMemoriesPayload', { memories: '[Memory!]!', redactions: '[Redaction!]!' }],
    ['UpsertStatePayload', { state: 'State!', created: 'Boolean!', redactions: '[Redaction!]!' }],
    ['DeleteMemoriesPayload', { count: 'Int!', ids: '[ID!]!' }],
    ['DeleteStatesPayload', { count: 'Int!', ids: '[ID!]!' }],
    ['TaskHit', { node: 'Task!', score: 'Float!' }],
    ['MemoryHit', { node: 'Memory!', score: 'Float!', similarity: 'Float', passage: 'Passage' }],
    ['MemorySearch', { hits: '[MemoryHit!]!', answeredBy: 'SearchMode!', pending: 'Int!' }],
    ['ProjectChange', { cursor: 'String!', entry: 'LogEntry!', record: 'Node' }],
  ])('has %s', (type, fields) => {
    expect(fieldsOf(type)).toEqual(fields);
  });
});
