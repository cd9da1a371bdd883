import {
  getNamedType,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type DocumentNode,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import * as operations from '../generated/operations.js';
import { exampleIds, exampleOf } from '../compat/documents/examples.js';

/** Variables with which every documented operation can be tried. */
export interface ExampleVariables {
  /** Ids that stand for things of the reader's own, by what they are. */
  readonly ids: Readonly<Record<string, string>>;
  /** By the name of the operation. */
  readonly operations: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What may be left out and is given all the same: without it the operation would show or change nothing, or everything. */
const given = new Set(['first', 'id', 'sessionId', 'title', 'name', 'alias', 'reason']);

/**
 * Example variables for every documented operation, from the schema's input types and the examples of the REST and Socket.IO
 * documents. @throws Error when something that is required has no example
 */
export function exampleVariables(schema: GraphQLSchema): ExampleVariables {
  const entries = documentedOperations().map((operation) => [
    operation.name?.value ?? '',
    variablesOf(schema, operation),
  ]);
  return { ids: exampleIds, operations: Object.fromEntries(entries) as ExampleVariables['operations'] };
}

function documentedOperations(): OperationDefinitionNode[] {
  const definitions = Object.values(operations as Readonly<Record<string, DocumentNode>>).flatMap((document) =>
    document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION),
  );
  return definitions.sort((one, other) => ((one.name?.value ?? '') < (other.name?.value ?? '') ? -1 : 1));
}

function variablesOf(schema: GraphQLSchema, operation: OperationDefinitionNode): Record<string, unknown> {
  const [root] = operation.selectionSet.selections;
  const field = root?.kind === Kind.FIELD ? root.name.value : '';
  const types = (operation.variableDefinitions ?? []).map(({ variable, type }) => {
    const found = typeFromAST(schema, type) as GraphQLInputType | undefined;
    if (!found) throw new Error(`The variable ${variable.name.value} of ${field} has an unknown type.`);
    return [variable.name.value, found] as const;
  });
  return examplesOf(types, field);
}

function examplesOf(types: readonly (readonly [string, GraphQLInputType])[], field: string): Record<string, unknown> {
  const wanted = types.filter(([name, type]) => isNonNullType(type) || given.has(name));
  return Object.fromEntries(wanted.map(([name, type]) => [name, exampleFor(name, type, field)]));
}

function exampleFor(name: string, type: GraphQLInputType, field: string): unknown {
  const inner = getNamedType(type);
  if (!isInputObjectType(inner)) return exampleOf(name, field);
  const inside = Object.values(inner.getFields()).map((one) => [one.name, one.type] as const);
  const example = examplesOf(inside, field);
  return isListType(isNonNullType(type) ? type.ofType : type) ? [example] : example;
}
