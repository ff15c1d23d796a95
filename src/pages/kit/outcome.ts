import type { PageVisit } from '../contract.js';

/** What a mutation answered: its payload, or why it wasn't carried out. */
export type Outcome<T> =
  | { readonly payload: T; readonly problem: null }
  | { readonly payload: null; readonly problem: string };

/** Runs a mutation that takes an input. @param payload what is read of its payload */
export async function mutate<T>(visit: PageVisit, name: string, input: object, payload: string): Promise<Outcome<T>> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const text = `mutation ($input: ${type}Input!) { it: ${name}(input: $input) {
    ... on ${type}Payload { ${payload} } ... on Error { message hint }
  } }`;
  const { it } = await visit.ask<{ it: T | { readonly message: string; readonly hint: string } }>(text, { input });
  if (typeof it === 'object' && it !== null && 'hint' in it && 'message' in it) {
    return { payload: null, problem: `${it.message} ${it.hint}` };
  }
  return { payload: it as T, problem: null };
}
