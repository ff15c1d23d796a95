import { plainLine, plainText, recordText } from '../../util/text/plain.js';
import { graphql } from '../gql/gql.js';
import type { WholeMemoryFragment, WholeRecordFragment, WholeTaskFragment } from '../gql/graphql.js';
import { dotted, minute, paragraphs } from './answer.js';
import { memoryLine, taskLine } from './records.js';

/** Records whole: a heading of what a program would need, and the text as it was written. */

export const WholeMemory = graphql(`
  fragment WholeMemory on Memory {
    ...MemoryLine deletedAt toolName references
    project { id name }
    task { id title }
    supersedes { id }
    supersededBy { id }
  }
`);

export const WholeTask = graphql(`
  fragment WholeTask on Task {
    ...TaskLine deletedAt description analysis result gitBranch worktreePath
    project { id name }
    parent { id title }
    blockedBy { id status title }
    subtasks(first: 20) { totalCount nodes { id status title } }
    memories(first: 5) { totalCount nodes { ...MemoryLine } }
  }
`);

export const WholeRecord = graphql(`
  fragment WholeRecord on Node {
    __typename
    id
    ...WholeMemory
    ...WholeTask
    ... on Session {
      key sessionTitle: title agent startedAt activeAt memoryCount
      memories(first: 20) { nodes { ...MemoryLine } }
    }
    ... on State { key version value ownerId }
    ... on Project { name path description customInstructions storageMode }
  }
`);

function wholeMemory(memory: WholeMemoryFragment): string {
  const { id, kind, role, occurredAt, pinned, content, deletedAt, task, sessionId, toolName, version } = memory;
  const { project, supersedes, supersededBy, references } = memory;
  return paragraphs(
    dotted(
      id,
      minute(occurredAt),
      kind.toLowerCase(),
      role.toLowerCase(),
      pinned && 'pinned',
      toolName !== null && `tool ${plainLine(toolName)}`,
      `project ${plainLine(project.name)}`,
      task !== null && `task ${task.id} ${plainLine(task.title)}`,
      sessionId !== null && `session ${plainLine(sessionId)}`,
      supersedes !== null && `replaces ${supersedes.id}`,
      supersededBy !== null && `REPLACED by ${supersededBy.id}`,
      references.length > 0 && `refers to ${references.join(', ')}`,
      deletedAt !== null && `DELETED ${minute(deletedAt)}`,
      `v${version}`,
    ),
    recordText(content),
  );
}

export function wholeTask(task: WholeTaskFragment): string {
  const { deletedAt, description, analysis, result, gitBranch, worktreePath, project, parent } = task;
  const { blockedBy, subtasks, memories } = task;
  const named = ({ id, status, title }: { id: string; status: string; title: string }): string =>
    dotted(id, status.toLowerCase(), plainLine(title));
  return paragraphs(
    [
      taskLine(task),
      dotted(
        `handle ${task.handle}`,
        `project ${plainLine(project.name)}`,
        parent !== null && `part of ${parent.id} ${plainLine(parent.title)}`,
        gitBranch !== null && `branch ${plainLine(gitBranch)}`,
        worktreePath !== null && `worktree ${plainLine(worktreePath)}`,
        deletedAt !== null && `DELETED ${minute(deletedAt)}`,
      ),
    ].join('\n'),
    recordText(description),
    analysis !== null && `Analysis:\n${recordText(analysis)}`,
    result !== null && `Result:\n${recordText(result)}`,
    blockedBy.length > 0 && `Waits for:\n${blockedBy.map(named).join('\n')}`,
    subtasks.totalCount > 0 && `Subtasks (${subtasks.totalCount}):\n${subtasks.nodes.map(named).join('\n')}`,
    memories.totalCount > 0 &&
      `Latest of ${memories.totalCount} memories of the task:\n${memories.nodes.map((each) => memoryLine(each)).join('\n')}`,
  );
}

export function wholeRecord(node: WholeRecordFragment): string {
  switch (node.__typename) {
    case 'Memory':
      return wholeMemory(node);
    case 'Task':
      return wholeTask(node);
    case 'Session': {
      const { id, key, sessionTitle: title, agent, startedAt, activeAt, memoryCount, memories } = node;
      const heading = dotted(
        id,
        `session ${plainLine(key)}`,
        title !== null && plainLine(title),
        agent !== null && plainLine(agent),
        `${minute(startedAt)} to ${minute(activeAt)}`,
        `${memoryCount} memories, the latest:`,
      );
      return [heading, ...memories.nodes.map((each) => memoryLine(each))].join('\n');
    }
    case 'State':
      return paragraphs(
        dotted(node.id, `state ${plainLine(node.key)} of ${node.ownerId}`, `v${node.version}`),
        recordText(JSON.stringify(node.value)),
      );
    case 'Project': {
      const { id, name, path, storageMode, description, customInstructions } = node;
      const heading = dotted(id, plainLine(name), path !== null && plainLine(path), storageMode.toLowerCase());
      return paragraphs(heading, plainText(description), plainText(customInstructions));
    }
    default:
      return `${node.id} · a ${node.__typename.toLowerCase()}: read it with the API`;
  }
}
