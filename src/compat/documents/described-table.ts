import type { GraphQLSchema } from 'graphql';
import { success } from '../answer.js';
import type { Operation, Route } from '../operation.js';
import { table } from '../table.js';
import { VariablePlan } from '../variables.js';
import { exampleOf } from './examples.js';
import type { DescribedRow, JsonSchema } from './input-schema.js';
import { schemaOf, type Skeletons } from './skeleton.js';

/** The rows with what they take, without anything that runs them. */
export function describedTable(schema: GraphQLSchema): DescribedRow[] {
  return table.map((row) => ({ ...row, plan: new VariablePlan(schema, row) }));
}

/** What the rows that share a route or an event say, once each. */
export function sentencesOf(rows: readonly DescribedRow[]): string {
  return [...new Set(rows.map(({ says }) => says))].join(' ');
}

/** The whole answer of a row: as REST gives it at a route, or as an acknowledgement holds it. */
export function answerSchema(skeletons: Skeletons, row: Operation, route?: Route): JsonSchema {
  const [full, bare] = (['full', 'bare'] as const).map((fullness) => {
    const reply = row.reply(skeletons.data(row.document, fullness) as never, {});
    const answer = success(row.status, reply, true);
    return route?.old ? route.old.of(answer.data as never) : answer;
  });
  const schema = withPage(schemaOf(full, bare));
  const empty = route?.old && Array.isArray(full) ? route.old.of([] as never) : full;
  return Array.isArray(full) && !Array.isArray(empty) ? { anyOf: [schema, schemaOf(empty, empty)] } : schema;
}

/** The answer to a list says of the pages beside it what no skeleton knows: whether there are any. */
function withPage(schema: JsonSchema): JsonSchema {
  const properties = schema.properties as Readonly<Record<string, JsonSchema>> | undefined;
  return properties?.page ? { ...schema, properties: { ...properties, page: pageSchema } } : schema;
}

const cursorSchema = { type: ['string', 'integer', 'null'] };
const pageSchema: JsonSchema = {
  type: 'object',
  description: 'What to send as after, or as before, for the pages beside this one; null where there is none.',
  properties: { next: cursorSchema, previous: cursorSchema },
  required: ['next', 'previous'],
};

/** What a route says by itself, in its path or for good; of properties that exclude each other, the others too. */
export function saidBy({ path, with: given = {} }: Route, { either }: Operation): string[] {
  const names = [...pathParameters(path), ...Object.keys(given)];
  return either.some((name) => names.includes(name)) ? [...names, ...either] : names;
}

export function pathParameters(path: string): string[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
}

/** An object that a row takes: what it needs, or where it needs nothing, what it can have. */
export function exampleGiven(
  { event, takes, plan, either }: DescribedRow,
  without: readonly string[] = [],
): Record<string, unknown> {
  if (takes) {
    const given = Object.entries(takes.properties);
    return Object.fromEntries(
      given.map(([name, schema]) => [name, 'const' in schema ? schema.const : exampleOf(name, event)]),
    );
  }
  const own = plan.properties.filter(({ name }) => !without.includes(name) && !either.slice(1).includes(name));
  const needed = own.filter(({ isRequired }) => isRequired);
  const shown = needed.length > 0 ? needed : own;
  const values = shown.map(({ name }) => [name, exampleOf(name, event)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== null));
}

/** `message add` as `messageAdd`. */
export function camelCase(event: string): string {
  return event.replace(/ (\w)/g, (_text, letter: string) => letter.toUpperCase());
}

/** What an error is told as, by every protocol of the table. */
export const errorSchema: JsonSchema = {
  type: 'object',
  description: 'Cause and remedy of a failure.',
  properties: {
    code: { type: 'integer', enum: [400, 401, 403, 404, 409, 413, 429, 500, 503] },
    msg: { type: 'string' },
    fields: {
      type: 'array',
      description: 'Which properties broke which rule.',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, message: { type: 'string' } },
        required: ['path', 'message'],
      },
    },
    retryAfter: { type: 'integer', description: 'Seconds to wait.' },
    reason: { type: 'string' },
    lastSeq: { type: 'integer' },
  },
  required: ['code', 'msg'],
};
