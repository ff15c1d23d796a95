import { confirm } from '../ask.js';
import { CliError, EXIT } from '../exit.js';
import { planDecision, planTakingBack } from './decision.js';
import type { Host, Scope } from './hosts.js';
import { hashOf, WRITINGS } from './journal.js';
import type { Places } from './places.js';
import { isChange, type Plan, planAdding, planRemoving, type Target } from './plan.js';
import type { Request } from './request.js';
import { showPlan } from './show.js';
import { applyEdits } from './text/edit.js';
import { readTextFile, removeTextFile, writeTextFile } from './text-file.js';

/** Prints what belongs in the files. Nothing is read or written. */
export function print({ session: { output }, host, places, scope, capture }: Request): void {
  for (const { path, format, entries } of targetsOf(host, scope, places, capture)) {
    const text = entries.reduce((before, { at, isElement, value }) => {
      return applyEdits(before, format.put(before, isElement ? [...at, 0] : at, value));
    }, '');
    output.note(`In ${path}:`);
    output.json({ path, text });
    output.line(text.trimEnd());
  }
  for (const remark of host.remarks(scope, capture !== null)) output.note(remark);
}

export async function add(request: Request): Promise<void> {
  const { session, host, places, scope, capture, isConfirmed } = request;
  const { output } = session;
  const plans: Plan[] = [];
  for (const target of targetsOf(host, scope, places, capture)) plans.push(await planAdding(target));
  const decision = await planDecision(request);
  try {
    const changes = plans.filter(isChange);
    for (const plan of changes) showPlan(output, plan);
    if (decision) output.line(decision.text);
    if (changes.length > 0 || decision) {
      const different = changes.find(({ states }) => states.includes('different'));
      if (different) requireTerminal(request, different);
      const instead = different ? ', in place of what is there' : '';
      await confirm(output, `Add Mooring to ${host.title}${instead}?`, isConfirmed);
    }
    for (const plan of changes) await write(request, plan);
    await decision?.make();
    report(request, plans, 'added', decision !== null, `${host.title} is set up already. Nothing was changed.`);
    for (const remark of host.remarks(scope, capture !== null)) output.note(remark);
    if (changes.length > 0)
      output.line(`Start ${host.title} again, or open a new session in it. To take this back, add --undo.`);
  } finally {
    await decision?.close();
  }
}

/** With `--capture` the tools stay. */
export async function undo(request: Request): Promise<void> {
  const { session, host, places, scope, capture, isConfirmed } = request;
  const { output } = session;
  const targets = targetsOf(host, scope, places, 'ALL').slice(capture === null ? 0 : 1);
  const plans: Plan[] = [];
  for (const target of targets) {
    const { realPath } = await readTextFile(target.path);
    plans.push(await planRemoving(target, (await WRITINGS.read(places.mooringHome, realPath)) ?? []));
  }
  const decision = await planTakingBack(request);
  try {
    const changes = plans.filter(isChange);
    for (const plan of changes) showPlan(output, plan);
    if (decision) output.line(decision.text);
    if (changes.length > 0 || decision) await confirm(output, `Remove Mooring from ${host.title}?`, isConfirmed);
    // The folders that were made for the first file are only empty without the others.
    for (const plan of plans.toReversed()) await takeBack(places.mooringHome, plan);
    await decision?.make();
    const nothing = `Setup has added nothing to ${host.title} that is still there. Nothing was changed.`;
    report(request, plans, 'removed', decision !== null, nothing);
  } finally {
    await decision?.close();
  }
  for (const { states, file } of plans) {
    if (states.some((state) => state !== 'absent'))
      output.note(`${file.path} still has an entry of this name, which setup didn't write.`);
  }
}

function targetsOf(host: Host, scope: Scope, places: Places, capture: Request['capture']): readonly Target[] {
  const hooks = capture && host.hooks(scope, places, capture === 'ALL');
  return [host.tools(scope, places), ...(hooks ? [hooks] : [])];
}

/** What a user wrote is only replaced when they are asked about it. */
function requireTerminal({ session: { output }, isConfirmed }: Request, { file }: Plan): void {
  if (output.canAsk && !isConfirmed) return;
  throw new CliError(
    EXIT.refused,
    `${file.path} has an entry for Mooring that setup would write otherwise, as somebody changed it. Nothing was changed.`,
    `--yes doesn't replace it. Repeat the command ${output.canAsk ? 'without it' : 'in a terminal, without it'}, or remove the entry first.`,
  );
}

async function write({ places, session }: Request, { file, text, target, edits, made }: Plan): Promise<void> {
  const newFolders = await writeTextFile(file, text!, target.mode);
  const written = { sha256: hashOf(text!), edits, made, isNewFile: file.bytes === null, newFolders };
  try {
    const before = (await WRITINGS.read(places.mooringHome, file.realPath)) ?? [];
    await WRITINGS.write(places.mooringHome, file.realPath, [...before, written]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    session.output.note(`--undo will recognize the entries only by what they are: ${reason}`);
  }
}

async function takeBack(home: string, plan: Plan): Promise<void> {
  const { file, text, target } = plan;
  const written = (await WRITINGS.read(home, file.realPath)) ?? [];
  const folders = written.flatMap(({ newFolders }) => newFolders);
  if (isChange(plan)) await (text === null ? removeTextFile(file, folders) : writeTextFile(file, text, target.mode));
  await WRITINGS.write(home, file.realPath, null);
}

function report(
  { session: { output }, name, scope }: Request,
  plans: readonly Plan[],
  done: string,
  isDecided: boolean,
  nothing: string,
): void {
  for (const plan of plans) {
    const change = isChange(plan) ? done : 'unchanged';
    output.json({ host: name, scope, path: plan.file.path, change });
    if (isChange(plan)) output.line(`${plan.file.path}: ${change}.`);
  }
  if (!plans.some(isChange) && !isDecided) output.line(nothing);
}
