import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** Where a walk through a document takes its types and fragments from. */
export interface DocumentSource {
  readonly schema: GraphQLSchema;
  /** A fragment of the document by its name. */
  fragment(name: string): FragmentDefinitionNode | null | undefined;
}

/** One field as it is selected, with its definition; a document that does not fit the schema has none. */
export interface SelectedField {
  readonly node: FieldNode;
  readonly field: GraphQLField<unknown, unknown> | undefined;
}

/** What a selection set holds directly, and the fragments whose fields it takes in. */
export interface Selection {
  readonly fields: readonly SelectedField[];
  readonly fragments: readonly FragmentDefinitionNode[];
}

/** Reads one selection set of a type; inline fragments are taken in, named ones are left to the caller. */
export function readSelection(
  source: DocumentSource,
  type: GraphQLNamedType | undefined,
  set: SelectionSetNode,
): Selection {
  const fields: SelectedField[] = [];
  const fragments: FragmentDefinitionNode[] = [];
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      fields.push({ node: selection, field: definitionOf(type, selection.name.value) });
    } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = source.fragment(selection.name.value);
      if (fragment) fragments.push(fragment);
    } else {
      const name = selection.typeCondition?.name.value;
      const inner = readSelection(source, name ? source.schema.getType(name) : type, selection.selectionSet);
      fields.push(...inner.fields);
      fragments.push(...inner.fragments);
    }
  }
  return { fields, fragments };
}

/** The type that an operation starts at. */
export function rootTypeOf(
  { schema }: DocumentSource,
  operation: OperationDefinitionNode,
): GraphQLNamedType | undefined {
  return schema.getRootType(operation.operation) ?? undefined;
}

/** The type that a fragment is on. */
export function typeOfFragment(
  { schema }: DocumentSource,
  fragment: FragmentDefinitionNode,
): GraphQLNamedType | undefined {
  return schema.getType(fragment.typeCondition.name.value);
}

/** The type that a field's own selection is on. */
export function typeOfField({ field }: SelectedField): GraphQLNamedType | undefined {
  return field && getNamedType(field.type);
}

const metaFields = new Map<string, GraphQLField<unknown, unknown>>(
  [SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef].map((field) => [field.name, field]),
);

function definitionOf(type: GraphQLNamedType | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
  if (isObjectType(type) || isInterfaceType(type)) return type.getFields()[name] ?? metaFields.get(name);
  return metaFields.get(name);
}
