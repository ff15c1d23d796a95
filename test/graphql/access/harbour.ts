import { accountsIn } from '../../support/accounts.js';
import type { Asking, Graph } from '../support.js';
import { author } from '../support.js';
import type { Ids, Row } from './root-fields.js';

/** A project with one of each, all of which have this word in what can be read of them. */
export async function makeHarbour(graph: Graph, word: string): Promise<Ids> {
  const { services } = graph;
  const all = { description: word, customInstructions: word, techStack: [word], settings: { word } };
  const project = await services.projects.create(author, {
    ...all,
    name: `Harbour ${word}`,
    path: `/srv/${word}`,
    githubRepo: `moor/${word}`,
    externalId: word,
  });
  const projectId = project.id;
  const [task] = await services.tasks.createMany(author, { projectId, tasks: [{ title: `Moor the ${word}` }] });
  const memory = await services.memories.save(author, {
    ...{ projectId, role: 'USER', sessionId: `talk ${word}`, content: `Ahoy ${word}` },
  });
  const session = await services.sessions.create(author, { projectId, title: word });
  const state = await services.states.save(author, { ownerId: projectId, key: word, value: word });
  const migration = await services.migrations.start(author, { projectId, to: 'FILE', dryRun: true });
  const user = await accountsIn(graph.factory.catalog.store).createUser('MEMBER', { name: word });
  const key = await services.keys.create(author, { name: word, isService: true, projectIds: [projectId] });
  return {
    ...{ project: projectId, task: task!.id, memory: memory.id, session: session.id, state: state.id },
    ...{ migration: migration.id, user: user.id, apiKey: key.apiKey.id },
  };
}

/** The answer to a row: its data, or the fields of its first error. */
export async function answerTo(asking: Asking, { name, ask }: Row, ids: Ids): Promise<Record<string, unknown> | null> {
  const { query, variables } = ask(ids);
  if (name.startsWith('Subscription.')) {
    const stream = await asking.follow(query, variables).catch((error: unknown) => error as Error);
    if (stream instanceof Error) return shown(stream);
    await stream.return();
    return {};
  }
  const { data, errors } = await asking.run(query, variables);
  if (errors) return shown(errors[0]!);
  return data!.it as Record<string, unknown> | null;
}

function shown(error: Error): Record<string, unknown> {
  const { message, code, hint, recordId, missing } = (error as { originalError?: object }).originalError as Fields;
  return { message, code, hint, recordId, ...missing };
}

type Fields = Readonly<Record<'message' | 'code' | 'hint' | 'recordId', string>> & { readonly missing?: object };
