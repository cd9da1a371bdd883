import { Kind, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import type { Operation } from '../compat/operation.js';
import { table } from '../compat/table.js';
import { operationOf } from '../compat/variables.js';
import { type DocumentedEvent, documentedEvents } from './documented-events.js';
import { code, markdownTable } from './markdown.js';

const none = '–';

/**
 * Every documented event with the queries, mutations and subscriptions that stand for it, and how Socket.IO and REST
 * ask for it.
 * @throws Error when a row names no root field of the schema, or a root field stands in no row
 */
export function operationTable(schema: GraphQLSchema): string {
  const kinds = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].map(namesOf);
  assertComplete(kinds.flat());
  const rows = documentedEvents.map((row) => [
    row.event,
    ...kinds.map((names) => fieldCell(row, names)),
    socketCell(row),
    restCell(row),
  ]);
  return markdownTable(['Event', 'Query', 'Mutation', 'Subscription', 'Socket.IO', 'REST'], rows);
}

function socketCell(documented: DocumentedEvent): string {
  return codes(rowsOf(documented).flatMap(({ event, aliases }) => [event, ...aliases]));
}

/** Paths are under `/api/v1`. */
function restCell(documented: DocumentedEvent): string {
  return codes(rowsOf(documented).flatMap(({ routes }) => routes.map(({ method, path }) => `${method} ${path}`)));
}

function codes(texts: readonly string[]): string {
  return [...new Set(texts)].map(code).join(', ') || none;
}

/** A row of the table stands at its own event, or where there is none, at the one that has its root field. */
function rowsOf({ event, fields }: DocumentedEvent): readonly Operation[] {
  const names = documentedEvents.flatMap((documented) => documented.event.split(', '));
  return table.filter((row) =>
    names.includes(row.event) ? event.split(', ').includes(row.event) : fields.includes(rootFieldOf(row)),
  );
}

function rootFieldOf({ document }: Operation): string {
  const [field] = operationOf(document).selectionSet.selections;
  return field?.kind === Kind.FIELD ? field.name.value : '';
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
