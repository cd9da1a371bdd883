import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  typeFromAST,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { badInput } from '../errors.js';
import type { Variables } from '../graphql/live-subscription.js';
import { Fixed, type Given, type Operation } from './operation.js';

/** One property that a caller gives. */
export interface Property {
  readonly name: string;
  /** Names under which it is taken, its own first. */
  readonly names: readonly string[];
  readonly type: GraphQLInputType;
  readonly description: string | undefined;
  readonly isRequired: boolean;
}

/** Where a value goes among the variables. */
interface Place {
  readonly variable: string;
  /** Whether it is a property of the variable, which holds an object. */
  readonly isInner: boolean;
  readonly property: Property;
  readonly fixed: Fixed | undefined;
}

/** How the properties of a call become the variables of a row's document. */
export class VariablePlan {
  private readonly places: readonly Place[];
  /** Variables that are there even without a property. */
  private readonly objects: readonly string[];
  private readonly known: ReadonlySet<string>;
  /** What a refusal lists. */
  private readonly taken: readonly string[];

  /** @throws Error when the row says of a variable what the schema does not */
  constructor(schema: GraphQLSchema, row: Operation) {
    const variables = variablesOf(schema, row.document);
    this.places = variables.flatMap((variable) => placesOf(variable, row));
    this.objects = variables.filter(({ type }) => isNonNullType(type) && isObject(type)).map(({ name }) => name);
    this.known = new Set([...this.properties.flatMap(({ names }) => names), ...row.ignored]);
    this.taken = row.takes ? Object.keys(row.takes.properties) : this.properties.map(({ name }) => name);
  }

  /** What a caller may give. */
  get properties(): readonly Property[] {
    return this.places.filter(({ fixed }) => fixed === undefined).map(({ property }) => property);
  }

  has(name: string): boolean {
    return this.places.some(({ property }) => property.name === name);
  }

  /** Whether a property is a list. */
  isList(name: string): boolean {
    return this.properties.some((property) => property.name === name && isListType(getNullableType(property.type)));
  }

  /**
   * Takes what the row knows out of what was given; what is wrong with the values is for the schema to say.
   * @throws ChatError BAD_USER_INPUT for a property that has no meaning here
   */
  variables(given: Given): Variables {
    const unknown = Object.keys(given).find((name) => !this.known.has(name));
    if (unknown !== undefined) throw badInput(isPlainName(unknown) ? unknown : 'payload', this.expectation());
    const variables: Record<string, unknown> = Object.fromEntries(this.objects.map((name) => [name, {}]));
    for (const { variable, isInner, property, fixed } of this.places) {
      const value = fixed ? fixed.value : firstOf(given, property.names);
      if (value === undefined) continue;
      if (isInner) variables[variable] = { ...(variables[variable] as object), [property.name]: value };
      else variables[variable] = value;
    }
    return variables;
  }

  /** Under which names properties were given that have others of their own. */
  namesIn(given: Given): ReadonlyMap<string, string> {
    const named = this.properties.map(({ name, names }) => [name, nameIn(given, names) ?? name] as const);
    return new Map(named.filter(([name, sent]) => name !== sent));
  }

  private expectation(): string {
    if (this.taken.length === 0) return 'cannot be given here; leave it out';
    return `is not known here; what can be given is ${this.taken.join(', ')}`;
  }
}

interface Variable {
  readonly name: string;
  readonly type: GraphQLInputType;
}

function variablesOf(schema: GraphQLSchema, document: DocumentNode): Variable[] {
  return (operationOf(document).variableDefinitions ?? []).map(({ variable, type: node }) => {
    const type = typeFromAST(schema, node);
    if (!isInputType(type)) throw new GraphQLError(`The variable $${variable.name.value} has no input type.`);
    return { name: variable.name.value, type };
  });
}

/** The only operation of a document. */
export function operationOf({ definitions }: DocumentNode): OperationDefinitionNode {
  const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('A document of the table holds no operation.');
  return operation;
}

function placesOf({ name, type }: Variable, { input }: Operation): Place[] {
  const inner = getNullableType(type);
  const fields = isInputObjectType(inner) ? Object.values(inner.getFields()) : undefined;
  const parts = fields ?? [{ name, type, description: undefined, defaultValue: undefined }];
  return parts.map((part) => {
    const spec = input[part.name];
    if (spec === undefined) throw new Error(`A row does not say where ${part.name} comes from.`);
    const isRequired = isNonNullType(part.type) && part.defaultValue === undefined;
    const property: Property = {
      name: part.name,
      names: [part.name, ...(spec instanceof Fixed ? [] : spec)],
      type: part.type,
      description: part.description ?? undefined,
      isRequired,
    };
    return { variable: name, isInner: fields !== undefined, property, fixed: spec instanceof Fixed ? spec : undefined };
  });
}

function isObject(type: GraphQLInputType): boolean {
  return isInputObjectType(getNullableType(type));
}

function firstOf(given: Given, names: readonly string[]): unknown {
  const name = nameIn(given, names);
  return name === undefined ? undefined : given[name];
}

function nameIn(given: Given, names: readonly string[]): string | undefined {
  return names.find((candidate) => Object.hasOwn(given, candidate));
}

/** Whether a name that somebody made up may be said back. */
function isPlainName(name: string): boolean {
  return /^[\w$.[\]-]{1,64}$/.test(name);
}

/**
 * Reads the text of a path, a query or a form as a value of the property's type; what cannot be read stays as it is,
 * for the schema to refuse.
 */
export function fromText({ type }: Property, text: unknown): unknown {
  if (isListType(getNullableType(type))) return Array.isArray(text) ? text : [text];
  if (typeof text !== 'string') return text;
  const { name } = getNamedType(type);
  if (name === 'Int' && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (name === 'Boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
