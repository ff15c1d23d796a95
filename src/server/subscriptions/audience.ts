import { hash } from 'node:crypto';
import { type DocumentNode, type OperationDefinitionNode, visit } from 'graphql';
import type { Variables } from '../execution/cost.js';
import type { Operation } from '../execution/document-cache.js';

/** What an operation has of its audiences, whatever its variables are. */
interface Known {
  readonly text: string;
  /** Names of the variables that results depend on. */
  readonly variables: readonly string[];
}

const known = new WeakMap<Operation, Known>();

/**
 * Names all whose results of an event are the same: who acts, what is asked for, and with which variables. Arguments of
 * the subscription's own field choose the events and have no part in what is shown of one, so that those who resumed at
 * different cursors are alike.
 */
export function audienceOf(operation: Operation, variables: Variables, actor: string): string {
  let of = known.get(operation);
  if (!of) {
    of = { text: operation.document.loc?.source.body ?? '', variables: variablesOfResults(operation) };
    known.set(operation, of);
  }
  const values = of.variables.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]);
  return hash('sha256', JSON.stringify([actor, operation.name, of.text, values]), 'base64url');
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
