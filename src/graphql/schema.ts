import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type ClassType, type NonEmptyArray, type PubSub } from 'type-graphql';
import { serializeDatesAsText } from './date-time.js';
import { tellEnumValues } from './enum-faults.js';
import { guardRootFields, type Guard } from './guard.js';

const noPubSub: PubSub = {
  publish: refuse,
  subscribe: refuse,
};

function refuse(): never {
  throw new Error('Nothing goes through type-graphql’s PubSub: give the subscription `subscribe: live(…)`.');
}

/**
 * The schema over resolver instances, with the guard before every root field.
 * @param resolvers one instance of each resolver class, with its services
 */
export function buildChatSchema(resolvers: readonly object[], guard: Guard): GraphQLSchema {
  const schema = schemaOf(new Map(resolvers.map((resolver) => [resolver.constructor, resolver])));
  guardRootFields(schema, guard);
  return schema;
}

/** The SDL of a schema, sorted by name, with a final newline. */
export function printSdl(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

function schemaOf(instances: ReadonlyMap<unknown, object>): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [...instances.keys()] as unknown as NonEmptyArray<ClassType>,
    container: {
      get: (Class: unknown) => {
        const instance = instances.get(Class);
        if (!instance) throw new Error('A resolver has no instance: pass it to buildChatSchema.');
        return instance;
      },
    },
    pubSub: noPubSub,
    validate: {
      forbidUnknownValues: false,
      // Null is checked like any other value; what may be absent says so itself.
      skipMissingProperties: false,
      validationError: { target: false, value: false },
    },
  });
  serializeDatesAsText(schema);
  tellEnumValues(schema);
  return schema;
}
