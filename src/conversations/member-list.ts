import type { Finder } from '../database/gathered-finds.js';
import { type ListOrder, type ListPage, type PageRequest, readList } from '../database/page.js';
import type { Member } from './member.model.js';

const order: ListOrder = [
  { field: 'joinedSeq', kind: 'number', direction: 1 },
  { field: '_id', kind: 'id', direction: 1 },
];

/** Who is in a conversation, in the order of joining. The caller must have been let in. */
export class MemberList {
  constructor(private readonly members: Finder<Member>) {}

  /** @throws ChatError BAD_USER_INPUT for a foreign cursor */
  page(conversationId: string, part: PageRequest): Promise<ListPage<Member>> {
    const filter = { conversationId, leftSeq: null };
    return readList(this.members, { ...part, filter, order });
  }
}
