import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { type DocumentedEvent, documentedEvents } from './documented-events.js';
import { code, markdownTable } from './markdown.js';

const none = '–';

/**
 * Every documented event with the queries, mutations and subscriptions that stand for it.
 * @throws Error when a row names no root field of the schema, or a root field stands in no row
 */
export function operationTable(schema: GraphQLSchema): string {
  const kinds = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].map(namesOf);
  assertComplete(kinds.flat());
  const rows = documentedEvents.map((row) => [row.event, ...kinds.map((names) => fieldCell(row, names))]);
  return markdownTable(['Event', 'Query', 'Mutation', 'Subscription'], rows);
}

function namesOf(type: GraphQLObjectType | null | undefined): readonly string[] {
  return Object.keys(type?.getFields() ?? {});
}

function fieldCell({ fields }: DocumentedEvent, names: readonly string[]): string {
  return (
    fields
      .filter((field) => names.includes(field))
      .map(code)
      .join(', ') || none
  );
}

function assertComplete(rootFields: readonly string[]): void {
  const documented = documentedEvents.flatMap(({ fields }) => fields);
  const unknown = documented.filter((field) => !rootFields.includes(field));
  if (unknown.length > 0) throw new Error(`Documented, but not in the schema: ${unknown.join(', ')}.`);
  const forgotten = rootFields.filter((field) => !documented.includes(field));
  if (forgotten.length > 0) throw new Error(`In the schema, but in no documented event: ${forgotten.join(', ')}.`);
}
