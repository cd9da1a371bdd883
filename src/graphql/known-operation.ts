import {
  Kind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { readSelection, rootTypeOf, typeOfField, typeOfFragment, type DocumentSource } from './selection.js';

/** One operation of a document that fits the schema. */
export interface KnownOperation {
  readonly document: DocumentNode;
  readonly node: OperationDefinitionNode;
  /** The same for equal documents and operation names, and for no others. */
  readonly id: string;
  /** Whether its answer depends on who asks: some field that it selects is marked `viewerDependent`. */
  readonly viewerDependent: boolean;
  /** Variables that only say where a stream starts (`known`, `after` of the root field), and nothing of its answers. */
  readonly positionVariables: ReadonlySet<string>;
}

/** Reads out of a valid document what its live execution needs to know. */
export function describeOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: { readonly node: OperationDefinitionNode; readonly id: string },
): KnownOperation {
  const fragments = fragmentsOf(document);
  const source: DocumentSource = { schema, fragment: (name) => fragments.get(name) };
  return {
    document,
    ...operation,
    viewerDependent: dependsOnViewer(source, operation.node),
    positionVariables: positionVariablesOf(document, operation.node),
  };
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function dependsOnViewer(source: DocumentSource, operation: OperationDefinitionNode): boolean {
  const seen = new Set<FragmentDefinitionNode>();
  const inSelection = (type: GraphQLNamedType | undefined, set: SelectionSetNode): boolean => {
    const { fields, fragments } = readSelection(source, type, set);
    return (
      fields.some(
        (selected) =>
          selected.field?.extensions.viewerDependent === true ||
          (selected.node.selectionSet && inSelection(typeOfField(selected), selected.node.selectionSet)),
      ) || fragments.some(inFragment)
    );
  };
  const inFragment = (fragment: FragmentDefinitionNode): boolean => {
    if (seen.has(fragment)) return false;
    seen.add(fragment);
    return inSelection(typeOfFragment(source, fragment), fragment.selectionSet);
  };
  return inSelection(rootTypeOf(source, operation), operation.selectionSet);
}

const positionArguments = new Set(['known', 'after']);

function positionVariablesOf(document: DocumentNode, operation: OperationDefinitionNode): Set<string> {
  const uses = new Map<string, number>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void uses.set(name.value, (uses.get(name.value) ?? 0) + 1),
  });
  const rootArguments = operation.selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD ? (selection.arguments ?? []) : [],
  );
  const positions = new Set<string>();
  for (const { name, value } of rootArguments) {
    const isOnlyUse = value.kind === Kind.VARIABLE && uses.get(value.name.value) === 1;
    if (isOnlyUse && positionArguments.has(name.value)) positions.add(value.name.value);
  }
  return positions;
}
