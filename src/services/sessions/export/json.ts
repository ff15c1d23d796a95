import type { ConversationFormat } from './contract.js';

/** One JSON object, a message on each line. Line breaks occur only between values. */
export const jsonFormat: ConversationFormat = {
  begin({ id, key, title, startedAt, activeAt, userId, agent, model, metadata }) {
    const head = {
      id,
      key,
      title,
      created_at: startedAt,
      updated_at: activeAt ?? startedAt,
      user_id: userId,
      agent,
      model,
      metadata,
    };
    return `${JSON.stringify(head).slice(0, -1)},"messages":[`;
  },

  message({ id, role, kind, pinned, toolName, toolCallId, content, occurredAt, taskId, metadata }, isFirst) {
    const tool = role === 'TOOL' ? { tool_name: toolName, tool_call_id: toolCallId } : {};
    const message = {
      id,
      role: role.toLowerCase(),
      ...tool,
      kind: kind.toLowerCase(),
      pinned,
      content,
      created_at: occurredAt,
      task_id: taskId,
      metadata,
    };
    return `${isFirst ? '' : ','}\n${JSON.stringify(message)}`;
  },

  end({ workspace, streamingStatus, status, provider }) {
    const tail = { workspace, streaming_status: streamingStatus?.toLowerCase() ?? null, status, provider };
    return `\n],${JSON.stringify(tail).slice(1)}\n`;
  },
};
