import { openProjectCapture, type ProjectCapture } from './capture.js';
import { DECISIONS, type Decided } from './journal.js';
import type { Request } from './request.js';

/** A change of what is captured of a project. */
export interface Decision {
  /** For the user. */
  readonly text: string;
  make(): Promise<void>;
  close(): Promise<void>;
}

/** Null when the project has nothing to decide: hooks of the user capture whatever project they are run in. */
export async function planDecision(request: Request): Promise<Decision | null> {
  const { session, scope, places, capture, host } = request;
  if (scope === 'user' || capture === null || host.hooks(scope, places, false) === null) return null;
  const project = await openProjectCapture(session.url);
  const text = describe(project, capture);
  if (text === null) {
    await project.close();
    return null;
  }
  return {
    text,
    async make() {
      const decided = await project.decide(capture);
      const before = await DECISIONS.read(places.mooringHome, keyOf(request));
      await DECISIONS.write(places.mooringHome, keyOf(request), { ...decided, before: (before ?? decided).before });
      report(request, decided.projectId, capture);
    },
    close: project.close,
  };
}

/** Null when setup has decided nothing. */
export async function planTakingBack(request: Request): Promise<Decision | null> {
  const { session, scope, places } = request;
  const decided = scope === 'project' ? await DECISIONS.read(places.mooringHome, keyOf(request)) : null;
  if (!decided) return null;
  const project = await openProjectCapture(session.url);
  return {
    text: `What is captured of the project is ${inWords(decided.before)} again.`,
    async make() {
      const isDone = await project.takeBack(decided);
      await DECISIONS.write(places.mooringHome, keyOf(request), null);
      if (isDone) report(request, decided.projectId, decided.before);
      else session.output.note('Somebody has decided otherwise for the project since: that stays.');
    },
    close: project.close,
  };
}

/** Null when it is decided so, or for more. */
function describe({ name, root, capture: now }: ProjectCapture, capture: Decided['after']): string | null {
  if (name === null && root === null) return null;
  if (name === null) return `A project is created for ${root}. What is captured of it: ${inWords(capture)}.`;
  if (now === 'ALL' || now === capture) return null;
  return `What is captured of the project ${name}: ${inWords(capture)}; until now ${inWords(now)}.`;
}

function inWords(capture: Decided['before']): string {
  if (capture === null) return 'undecided';
  return { OFF: 'nothing', MESSAGES: 'messages', ALL: 'messages and the output of tools' }[capture];
}

const keyOf = ({ name, places }: Request): string => `${name} ${places.project}`;

function report({ session: { output }, name, scope }: Request, projectId: string, capture: Decided['before']): void {
  output.json({ host: name, scope, projectId, capture });
}
