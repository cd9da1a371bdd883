import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { documentedEvents } from './documented-events.js';

/** How an event is asked for, done and told of on the protocols beside GraphQL. */
export interface OtherForms {
  /** Names of Socket.IO events. */
  readonly socketIo: readonly string[];
  /** Routes under /api/v1, such as `POST /messages`. */
  readonly rest: readonly string[];
}

/** An event in all its forms. */
export interface EventForms extends Partial<OtherForms> {
  readonly event: string;
  /** Root fields of the GraphQL API, by the kind of operation. */
  readonly query: readonly string[];
  readonly mutation: readonly string[];
  readonly subscription: readonly string[];
}

/**
 * Every documented event with the fields of the schema that stand for it, and its other forms where they are given.
 * @param others by the name of the event
 * @throws Error when an event names no root field of the schema, a root field stands for no event, or other forms are
 *   those of no event
 */
export function eventForms(schema: GraphQLSchema, others?: ReadonlyMap<string, OtherForms>): EventForms[] {
  const query = namesOf(schema.getQueryType());
  const mutation = namesOf(schema.getMutationType());
  const subscription = namesOf(schema.getSubscriptionType());
  assertComplete([...query, ...mutation, ...subscription], others);
  return documentedEvents.map(({ event, fields }) => ({
    event,
    query: fields.filter((field) => query.includes(field)),
    mutation: fields.filter((field) => mutation.includes(field)),
    subscription: fields.filter((field) => subscription.includes(field)),
    ...others?.get(event),
  }));
}

function namesOf(type: GraphQLObjectType | null | undefined): readonly string[] {
  return Object.keys(type?.getFields() ?? {});
}

function assertComplete(rootFields: readonly string[], others: ReadonlyMap<string, OtherForms> | undefined): void {
  const documented = documentedEvents.flatMap(({ fields }) => fields);
  const unknown = documented.filter((field) => !rootFields.includes(field));
  if (unknown.length > 0) throw new Error(`Documented, but not in the schema: ${unknown.join(', ')}.`);
  const forgotten = rootFields.filter((field) => !documented.includes(field));
  if (forgotten.length > 0) throw new Error(`In the schema, but in no documented event: ${forgotten.join(', ')}.`);
  const events = new Set(documentedEvents.map(({ event }) => event));
  const strange = [...(others?.keys() ?? [])].filter((event) => !events.has(event));
  if (strange.length > 0) throw new Error(`Served, but not documented: ${strange.join(', ')}.`);
}
