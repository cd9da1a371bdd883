import type { GraphQLSchema } from 'graphql';
import { eventForms } from './event-forms.js';
import { code, markdownTable } from './markdown.js';

const none = '–';

/** Every documented event with the queries, mutations and subscriptions that stand for it. @throws as `eventForms` */
export function operationTable(schema: GraphQLSchema): string {
  const rows = eventForms(schema).map(({ event, query, mutation, subscription }) => [
    event,
    ...[query, mutation, subscription].map((names) => names.map(code).join(', ') || none),
  ]);
  return markdownTable(['Event', 'Query', 'Mutation', 'Subscription'], rows);
}
