import { hash } from 'node:crypto';
import { type DocumentNode, type OperationDefinitionNode, visit } from 'graphql';
import type { Principal } from '../../domain/access/principal.js';
import type { Variables } from '../execution/cost.js';
import type { Operation } from '../execution/document-cache.js';
import type { Caller } from '../http/actor.js';

/** The parts of an operation's keys that don't depend on the values of its variables. */
interface KeyParts {
  readonly text: string;
  /** Names of the variables that results depend on. */
  readonly variables: readonly string[];
}

const known = new WeakMap<Operation, KeyParts>();

/**
 * The key under which followers share the results of an event: equal for all whose results are the same, by actor, rights, operation
 * and variables. Arguments of the subscription's own field choose the events and don't affect their results, so followers
 * that resumed at different cursors share a key.
 */
export function resultKeyOf(
  operation: Operation,
  variables: Variables,
  { actor, principal }: Pick<Caller, 'actor' | 'principal'>,
): string {
  let parts = known.get(operation);
  if (!parts) {
    parts = { text: operation.document.loc?.source.body ?? '', variables: variablesOfResults(operation) };
    known.set(operation, parts);
  }
  const values = parts.variables
    .filter((name) => Object.hasOwn(variables, name))
    .map((name) => [name, variables[name]]);
  return hash('sha256', JSON.stringify([actor, numberOf(principal), operation.name, parts.text, values]), 'base64url');
}

const numbers = new WeakMap<Principal, number>();
let principals = 0;

/** A number for a principal, which stays the same as long as it loses no rights. */
function numberOf(principal: Principal): number {
  const known = numbers.get(principal) ?? ++principals;
  numbers.set(principal, known);
  return known;
}

function variablesOfResults({ document, definition }: { document: DocumentNode; definition: OperationDefinitionNode }) {
  const roots = new Set<unknown>(definition.selectionSet.selections);
  const names = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Field: (field) => (roots.has(field) ? { ...field, arguments: [] } : undefined),
    Variable: ({ name }) => void names.add(name.value),
  });
  return [...names];
}
