import type { GraphQLSchema } from 'graphql';
import { GraphQLScalarType } from 'graphql';

/**
 * Makes DateTime answer its text (RFC 3339, UTC, milliseconds) where graphql-scalars answers a Date, so that a result
 * holds the same in process as on the wire.
 */
export function serializeDatesAsText(schema: GraphQLSchema): void {
  const dateTime = schema.getType('DateTime');
  if (dateTime instanceof GraphQLScalarType) dateTime.serialize = (value) => (value as Date).toISOString();
}
