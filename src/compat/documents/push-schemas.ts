import { isEnumType, type GraphQLSchema } from 'graphql';
import { entries, followed, type Push, type PushRow } from '../table/pushes.js';
import type { JsonSchema } from './input-schema.js';
import { schemaOf, type Fullness, type Skeletons } from './skeleton.js';

const fullnesses: readonly Fullness[] = ['full', 'bare'];

/** The payloads of the events that a subscription causes, by event. */
export function pushSchemas(skeletons: Skeletons, schema: GraphQLSchema, row: PushRow): Map<string, JsonSchema> {
  const found = new Map<string, Partial<Record<Fullness, unknown>>>();
  for (const fullness of fullnesses) {
    for (const { event, data } of allPushes(skeletons, { schema, row, fullness })) {
      found.set(event, { [fullness]: data, ...found.get(event) });
    }
  }
  return new Map([...found].map(([event, { full, bare }]) => [event, schemaOf(full ?? bare, bare ?? full)]));
}

interface Wanted {
  readonly schema: GraphQLSchema;
  readonly row: PushRow;
  readonly fullness: Fullness;
}

function allPushes(skeletons: Skeletons, { schema, row, fullness }: Wanted): readonly Push[] {
  if (row === entries) return entryPushes(skeletons, schema, fullness);
  const types = row === followed ? ['ConversationEvent', 'FeedCaughtUp', 'FeedReset', 'FeedLeft'] : [undefined];
  return types.flatMap((type) => {
    const data = skeletons.data(row.document, fullness, type);
    const [subject] = Object.values(data) as [{ id?: string }?];
    return [
      ...row.pushesOf(data as never, ''),
      ...(row.isPersonal ? row.pushesOf(data as never, subject?.id ?? '') : []),
    ];
  });
}

/** Every type of entry: those of messages with their message, the others without. */
function entryPushes(skeletons: Skeletons, schema: GraphQLSchema, fullness: Fullness): readonly Push[] {
  const types = schema.getType('ConversationEventType');
  if (!isEnumType(types)) throw new Error('The schema lacks ConversationEventType.');
  return types.getValues().flatMap(({ name: type }) => {
    const item = entryOf(skeletons, fullness);
    const whole = entryOf(skeletons, 'full');
    const isOfMessage = /^(MESSAGE|REACTION)_/.test(type);
    const about = isOfMessage
      ? { messageId: whole.messageId, message: item.message ?? whole.message }
      : { messageId: null };
    return entries.pushesOf({ conversationFeed: { ...item, type, ...about } } as never, '');
  });
}

function entryOf(skeletons: Skeletons, fullness: Fullness): Readonly<Record<string, unknown>> {
  const data = skeletons.data(entries.document, fullness, 'ConversationEvent');
  return (data as { conversationFeed: Readonly<Record<string, unknown>> }).conversationFeed;
}
