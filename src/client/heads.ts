import { ConversationHeadsDocument } from '../generated/operations.js';
import type { Requests } from './requests.js';
import type { Known } from './types.js';

const pageSize = 200;

/** Where the log of each conversation ends at the moment. @throws ChatRequestError */
export async function readHeads(requests: Requests): Promise<Known[]> {
  const heads = new Map<string, number>();
  for (let after: string | null | undefined; after !== null;) {
    const { conversations } = await requests.run(ConversationHeadsDocument, { first: pageSize, after });
    // A conversation that moves up while this reads comes twice; the place of the first time is the earlier one.
    for (const { node } of conversations.edges) if (!heads.has(node.id)) heads.set(node.id, node.lastSeq);
    after = conversations.pageInfo.hasNextPage ? conversations.pageInfo.endCursor : null;
  }
  return [...heads].map(([conversationId, seq]) => ({ conversationId, seq }));
}
