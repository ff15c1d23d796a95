/**
 * A message whose arguments are an object: some clients send null when a tool is given nothing, and some the JSON of the object
 * as a text. The SDK refuses both by an error that no model sees.
 */
export function withArguments<M>(message: M): M {
  if (Array.isArray(message)) return message.map(withArguments) as M;
  const { method, params } = Object(message) as { readonly method?: unknown; readonly params?: unknown };
  if (method !== 'tools/call' || !isObject(params) || !('arguments' in params)) return message;
  const { arguments: sent, ...rest } = params;
  if (sent === null) return { ...message, params: rest };
  const parsed = typeof sent === 'string' ? parse(sent) : null;
  return isObject(parsed) ? { ...message, params: { ...rest, arguments: parsed } } : message;
}

function parse(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
