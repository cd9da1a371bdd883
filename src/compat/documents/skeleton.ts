import {
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { readSelection } from '../../graphql/selection.js';
import { operationOf } from '../variables.js';
import { scalarSchema, type JsonSchema } from './input-schema.js';

/** Where a value of a skeleton keeps its schema; it is not copied with the value's properties. */
const held = Symbol('schema');

/** Which answer a skeleton stands for: one where everything is there, or one where nothing is that need not be. */
export type Fullness = 'full' | 'bare';

/**
 * Stands in for the answers of a document: an object of the same build whose leaves know their JSON Schemas. What
 * the server makes of an answer can be done with it, too, and so gives the schema of what it makes.
 */
export class Skeletons {
  /** The fragments that have been met, as schemas by their names. */
  readonly components: Record<string, JsonSchema> = {};

  constructor(private readonly schema: GraphQLSchema) {}

  /** The data of a document. @param typeName of a union at its root, which type it is */
  data(document: DocumentNode, fullness: Fullness, typeName?: string): object {
    const root = this.schema.getRootType(operationOf(document).operation);
    if (!root) throw new Error('The schema lacks the root type of a document.');
    const builder = new Builder(this.schema, document, { fullness, typeName, components: this.components });
    return builder.object(root, operationOf(document).selectionSet);
  }
}

interface BuilderOptions {
  readonly fullness: Fullness;
  readonly typeName: string | undefined;
  readonly components: Record<string, JsonSchema>;
}

class Builder {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly options: BuilderOptions,
  ) {
    const definitions = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(
      (definitions as FragmentDefinitionNode[]).map((fragment) => [fragment.name.value, fragment]),
    );
  }

  object(type: GraphQLObjectType, set: SelectionSetNode): object {
    const properties: Record<string, unknown> = {};
    for (const [name, nodes] of this.fieldsOf(type, set)) properties[name] = this.field(type, nodes);
    return holding(properties, this.selectionSchema(type, set));
  }

  private field(type: GraphQLObjectType, nodes: readonly FieldNode[]): unknown {
    const [node] = nodes;
    if (!node || node.name.value === '__typename') return type.name;
    const field = type.getFields()[node.name.value];
    if (!field) throw new Error(`${type.name} has no field ${node.name.value}.`);
    return this.value(field.type, nodes);
  }

  private value(type: GraphQLOutputType, nodes: readonly FieldNode[]): unknown {
    if (this.options.fullness === 'bare' && !isNonNullType(type)) return null;
    const inner = getNullableType(type);
    if (isListType(inner)) return holding([this.value(inner.ofType, nodes)], this.valueSchema(type, nodes));
    const concrete = isAbstractType(inner) ? this.schema.getType(this.options.typeName ?? '') : inner;
    if (isObjectType(concrete)) return holding(this.object(concrete, merged(nodes)), this.valueSchema(type, nodes));
    if (this.options.fullness === 'bare' && inner.toString() === 'Boolean') return false;
    return holding({}, this.valueSchema(type, nodes));
  }

  /** Fields by name, with those of fragments; a field may be selected several times. */
  private fieldsOf(type: GraphQLObjectType, set: SelectionSetNode): Map<string, FieldNode[]> {
    const found = new Map<string, FieldNode[]>();
    const source = { schema: this.schema, fragment: (name: string) => this.fragments.get(name) };
    const relevant = { ...set, selections: set.selections.filter((selection) => this.isFor(type, selection)) };
    const { fields, fragments } = readSelection(source, type, relevant);
    for (const { node } of fields) found.set(node.name.value, [...(found.get(node.name.value) ?? []), node]);
    for (const { selectionSet } of fragments) {
      for (const [name, nodes] of this.fieldsOf(type, selectionSet)) {
        found.set(name, [...(found.get(name) ?? []), ...nodes]);
      }
    }
    return found;
  }

  private isFor({ name }: GraphQLObjectType, selection: SelectionSetNode['selections'][number]): boolean {
    if (selection.kind !== Kind.INLINE_FRAGMENT || !selection.typeCondition) return true;
    return selection.typeCondition.name.value === name;
  }

  private valueSchema(type: GraphQLOutputType, nodes: readonly FieldNode[]): JsonSchema {
    if (isNonNullType(type)) return this.presentSchema(type.ofType, nodes);
    const schema = this.presentSchema(type, nodes);
    return typeof schema.type === 'string' && !('enum' in schema)
      ? { ...schema, type: [schema.type, 'null'] }
      : { anyOf: [schema, { type: 'null' }] };
  }

  private presentSchema(type: GraphQLOutputType, nodes: readonly FieldNode[]): JsonSchema {
    const inner = getNullableType(type);
    if (isListType(inner)) return { type: 'array', items: this.valueSchema(inner.ofType, nodes) };
    if (isEnumType(inner)) return { type: 'string', enum: inner.getValues().map(({ name }) => name) };
    if (isObjectType(inner)) return this.selectionSchema(inner, merged(nodes));
    return isAbstractType(inner) ? { type: 'object' } : scalarSchema(inner.toString());
  }

  /** Fragments become components; what a selection has beside them is its own. */
  private selectionSchema(type: GraphQLObjectType, set: SelectionSetNode): JsonSchema {
    const spreads = set.selections.filter((selection) => selection.kind === Kind.FRAGMENT_SPREAD);
    const refs = [...new Set(spreads.map(({ name }) => name.value))].map((name) => this.component(type, name));
    const others = { ...set, selections: set.selections.filter(({ kind }) => kind !== Kind.FRAGMENT_SPREAD) };
    const own = [...this.fieldsOf(type, others)].filter(([name]) => name !== '__typename');
    const properties = own.map(([name, nodes]) => [name, this.fieldSchema(type, nodes)] as const);
    const [ref] = refs;
    if (properties.length === 0 && ref && refs.length === 1) return ref;
    const object = { type: 'object', properties: Object.fromEntries(properties), required: own.map(([name]) => name) };
    return refs.length === 0 ? object : { allOf: [...refs, ...(properties.length === 0 ? [] : [object])] };
  }

  private fieldSchema(type: GraphQLObjectType, nodes: readonly FieldNode[]): JsonSchema {
    const [node] = nodes;
    const field = node && type.getFields()[node.name.value];
    if (!field) throw new Error(`${type.name} lacks a field of a document.`);
    return this.valueSchema(field.type, nodes);
  }

  private component(type: GraphQLObjectType, name: string): JsonSchema {
    const fragment = this.fragments.get(name);
    if (!fragment) throw new Error(`A document lacks the fragment ${name}.`);
    this.options.components[name] ??= this.selectionSchema(type, fragment.selectionSet);
    return { $ref: `#/components/schemas/${name}` };
  }
}

function merged(nodes: readonly FieldNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections: nodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []) };
}

function holding<Value extends object>(value: Value, schema: JsonSchema): Value {
  return Object.defineProperty(value, held, { value: schema, enumerable: false, configurable: true });
}

/**
 * The schema of what was made of a skeleton.
 * @param bare the same made of the bare skeleton; what is missing there need not be
 */
export function schemaOf(full: unknown, bare: unknown): JsonSchema {
  if (typeof full !== 'object') return { type: typeof full === 'number' ? 'integer' : typeof full };
  if (full === null) return { type: 'null' };
  if (held in full) return full[held] as JsonSchema;
  if (Array.isArray(full)) {
    const [item, bareItem] = [full[0] as unknown, (bare as unknown[] | undefined)?.[0]];
    return full.length === 0 ? { type: 'array' } : { type: 'array', items: schemaOf(item, bareItem) };
  }
  const there = (bare ?? full) as Record<string, unknown>;
  const properties = Object.entries(full).map(([name, value]) => [name, schemaOf(value, there[name])] as const);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: Object.keys(full).filter((name) => name in there),
  };
}
