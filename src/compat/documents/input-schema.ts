import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
} from 'graphql';
import type { Operation } from '../operation.js';
import type { Property, VariablePlan } from '../variables.js';
import { exampleOf } from './examples.js';

/** A JSON Schema (2020-12). */
export type JsonSchema = Readonly<Record<string, unknown>>;

const scalars: Readonly<Record<string, JsonSchema>> = {
  ID: { type: 'string' },
  String: { type: 'string' },
  Int: { type: 'integer' },
  Boolean: { type: 'boolean' },
  DateTime: { type: 'string', format: 'date-time' },
};

/** The JSON Schema of a scalar by its name. */
export function scalarSchema(name: string): JsonSchema {
  const schema = scalars[name];
  if (!schema) throw new Error(`The scalar ${name} has no JSON Schema.`);
  return schema;
}

/** What a value of an input type may be. */
export function inputSchema(type: GraphQLInputType): JsonSchema {
  if (isNonNullType(type)) return bareSchema(type.ofType);
  const schema = bareSchema(type);
  return typeof schema.type === 'string' && !('enum' in schema)
    ? { ...schema, type: [schema.type, 'null'] }
    : { anyOf: [schema, { type: 'null' }] };
}

function bareSchema(type: GraphQLInputType): JsonSchema {
  const inner = getNullableType(type);
  if (isListType(inner)) return { type: 'array', items: inputSchema(inner.ofType) };
  if (isEnumType(inner)) return { type: 'string', enum: inner.getValues().map(({ name }) => name) };
  if (!isInputObjectType(inner)) return scalarSchema(inner.toString());
  const fields = Object.values(inner.getFields());
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ name, type: inside }) => [name, inputSchema(inside)])),
    required: fields.filter(({ type: inside }) => isNonNullType(inside)).map(({ name }) => name),
  };
}

/** A row and what it takes, without anything that runs it. */
export interface DescribedRow extends Operation {
  readonly plan: VariablePlan;
}

/** A property of a call, with its example. */
function propertySchema({ name, type, description }: Property, event: string): JsonSchema {
  return { ...inputSchema(type), ...(description && { description }), examples: [exampleOf(name, event)] };
}

/** The object that a row takes, without what an address already says. */
export function givenSchema(
  { event, takes, plan }: DescribedRow,
  without: readonly string[] = [],
): JsonSchema | undefined {
  if (takes) return { type: 'object', ...takes };
  const properties = plan.properties.filter(({ name }) => !without.includes(name));
  if (properties.length === 0) return undefined;
  const needed = properties.filter(({ isRequired }) => isRequired);
  const byAnyName = needed.filter(({ names }) => names.length > 1);
  return {
    type: 'object',
    properties: Object.fromEntries(properties.flatMap((property) => namedSchemas(property, event))),
    required: needed.filter(({ names }) => names.length === 1).map(({ name }) => name),
    ...(byAnyName.length > 0 && {
      allOf: byAnyName.map(({ names }) => ({ anyOf: names.map((name) => ({ required: [name] })) })),
    }),
  };
}

/** A property, and the further names under which it is taken. */
function namedSchemas(property: Property, event: string): (readonly [string, JsonSchema])[] {
  const [name, ...others] = property.names;
  const further = { ...inputSchema(property.type), description: `The same as ${name ?? ''}.` };
  return [[property.name, propertySchema(property, event)], ...others.map((other) => [other, further] as const)];
}

/** Whether an object without any property is refused. */
export function needsSomething({ required, allOf }: JsonSchema): boolean {
  return (required as string[]).length > 0 || allOf !== undefined;
}
