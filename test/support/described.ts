import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';

interface Media {
  readonly schema: object;
  readonly examples?: Readonly<Record<string, { readonly value: object }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly example?: string | number | boolean | readonly string[];
}

/** One operation of the OpenAPI document. */
export interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

/** One message of the AsyncAPI document. */
export interface DescribedMessage {
  readonly name: string;
  readonly payload: object;
  readonly examples?: readonly { readonly name?: string; readonly payload: object }[];
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../schema/${name}`, import.meta.url), 'utf8')) as unknown;

/** The published documents of REST and of Socket.IO. */
export const openapi = read('openapi.json') as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: object;
};
export const asyncapi = read('asyncapi.json') as {
  readonly channels: { readonly chat: { readonly messages: Readonly<Record<string, DescribedMessage>> } };
  readonly components: { readonly schemas: object };
};

/** Knows the formats of JSON Schema. */
export const withFormats = (ajv: Ajv2020): Ajv2020 => (ajvFormats as unknown as (ajv: Ajv2020) => Ajv2020)(ajv);

/** Checks a value against a schema that refers to the components of a document. */
export function faults({ components }: { readonly components: object }, schema: object, value: unknown): unknown {
  const ajv = withFormats(new Ajv2020({ strict: false }));
  const validate = ajv.compile({ ...schema, components });
  return validate(value) ? undefined : validate.errors;
}

/**
 * The same schema, which takes no property that it does not name.
 * @param isPart whether another schema says the rest of the same object
 */
export function closed<Schema>(schema: Schema, isPart = false): Schema {
  if (Array.isArray(schema)) return schema.map((one: unknown) => closed(one, isPart)) as Schema;
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.entries(schema).map(([name, value]) => [name, closed(value as unknown, name === 'allOf')]);
  const saysAll = 'allOf' in schema || '$ref' in schema || ('properties' in schema && 'type' in schema);
  return { ...Object.fromEntries(inner), ...(saysAll && !isPart && { unevaluatedProperties: false }) } as Schema;
}

/** Components of which every reference says by itself what else there may be. */
export function closedComponents({ schemas }: { readonly schemas: object }): object {
  return {
    schemas: Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [name, closed(schema as unknown, true)]),
    ),
  };
}
