import type { ConversationFeedSubscription } from '../../src/generated/operations.js';
import type { Recording } from './recording.js';

type Item = ConversationFeedSubscription['conversationFeed'];
type Event = Extract<Item, { __typename: 'ConversationEvent' }>;

/** A recorded conversationFeed. */
export type FeedRecording = Recording<ConversationFeedSubscription>;

/** What a feed has said so far, in short: `TYPE seq`, or the name of a remark. */
export function told({ items }: FeedRecording): string[] {
  return items.map(({ conversationFeed: item }) =>
    item.__typename === 'ConversationEvent' ? `${item.type} ${item.seq}` : item.__typename,
  );
}

/** The entries that a feed has given so far. */
export function eventsOf({ items }: FeedRecording): Event[] {
  return items.flatMap(({ conversationFeed: item }) => (item.__typename === 'ConversationEvent' ? [item] : []));
}
