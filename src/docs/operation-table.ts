import type { GraphQLSchema } from 'graphql';
import { compatForms } from '../compat/forms.js';
import { eventForms } from './event-forms.js';
import { code, markdownTable } from './markdown.js';

const none = '–';

/**
 * Every documented event with the queries, mutations and subscriptions that stand for it, and how Socket.IO and REST
 * ask for it; paths are under `/api/v1`. @throws as `eventForms`
 */
export function operationTable(schema: GraphQLSchema): string {
  const rows = eventForms(schema, compatForms()).map(
    ({ event, query, mutation, subscription, socketIo = [], rest = [] }) => [
      event,
      ...[query, mutation, subscription, socketIo, rest].map((names) => names.map(code).join(', ') || none),
    ],
  );
  return markdownTable(['Event', 'Query', 'Mutation', 'Subscription', 'Socket.IO', 'REST'], rows);
}
