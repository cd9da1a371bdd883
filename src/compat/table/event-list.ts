import type { ConversationEventsQuery } from '../../generated/operations.js';
import type { Given } from '../operation.js';

/** A part of a log as a list. Where nothing says otherwise it is the newest part. */
export function eventList({ events, hasMore, lastSeq }: ConversationEventsQuery['conversationEvents'], given: Given) {
  const { first, last, after, before } = given;
  const isForward = first != null || (last == null && after != null);
  const [startCursor, endCursor] = [events[0]?.seq ?? null, events.at(-1)?.seq ?? null];
  return {
    edges: events.map((node) => ({ node })),
    pageInfo: {
      hasNextPage: isForward ? hasMore : before != null && (endCursor ?? lastSeq) < lastSeq,
      hasPreviousPage: isForward ? (after ?? 0) !== 0 : hasMore,
      ...{ startCursor, endCursor },
    },
  };
}
