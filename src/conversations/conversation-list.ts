import type DataLoader from 'dataloader';
import type { Actor } from '../auth/actor.js';
import type { Collections } from '../database/database.js';
import {
  defaultPageSize,
  encodeCursor,
  type ListOrder,
  type ListPage,
  type ListRequest,
  pageOf,
  type PageRequest,
  readList,
} from '../database/page.js';
import type { Filter } from '../database/repository.js';
import type { LogEntry } from '../log/log-entry.model.js';
import type { LogReader } from '../log/log-reader.js';
import { fold } from '../text/fold.js';
import { ConversationKind } from './conversation-kind.js';
import type { ConversationFilter } from './conversation.inputs.js';
import type { Conversation } from './conversation.model.js';
import type { Digests } from './digests.js';
import type { Member } from './member.model.js';

const order: ListOrder = [
  { field: 'updatedAt', kind: 'date', direction: -1 },
  { field: '_id', kind: 'id', direction: -1 },
];
/** Conversations looked at together where a filter has to look into each. */
const scanSize = 200;

export interface ConversationListParts {
  readonly collections: Collections;
  readonly digests: Digests;
  readonly reader: LogReader;
}

/** Says of some conversations which of them are wanted. */
type Sieve = (conversations: readonly Conversation[]) => Promise<readonly Conversation[]>;

/** Somebody's conversations, latest activity first. */
export class ConversationList {
  constructor(private readonly parts: ConversationListParts) {}

  /** @throws ChatError BAD_USER_INPUT for a foreign cursor */
  async page(actor: Actor, filter: ConversationFilter, part: PageRequest): Promise<ListPage<Conversation>> {
    const where = await this.where(actor, filter);
    const sieves = this.sieves(actor, filter);
    const request = { ...part, filter: where, order };
    if (sieves.length === 0) return readList(this.parts.collections.conversations, request);
    return this.scan(request, sieves);
  }

  /** What the database can decide. */
  private async where(actor: Actor, { kind, spam, open }: ConversationFilter): Promise<Filter> {
    const { userId } = actor;
    const flagged = await this.parts.collections.members.find({
      userId,
      leftSeq: null,
      $or: [{ isSpam: true }, { isHidden: true }, ...(open == null ? [] : [{ isOpen: true }])],
    });
    const ids = (those: readonly Member[]): string[] => those.map((member) => member.conversationId);
    const isSpam = ids(flagged.filter((member) => member.isSpam));
    const isOpen = ids(flagged.filter((member) => member.isOpen));
    const away = ids(await this.stillHidden(flagged.filter((member) => member.isHidden)));
    const conditions: Filter[] = [
      { _id: spam === true ? { $in: isSpam, $nin: away } : { $nin: [...isSpam, ...away] } },
      ...(open == null ? [] : [{ _id: open ? { $in: isOpen } : { $nin: isOpen } }]),
      ...(kind == null ? [] : [{ kind }]),
    ];
    return { memberIds: userId, $and: conditions };
  }

  /** Those that have had no message since they were put away. */
  private async stillHidden(hidden: readonly Member[]): Promise<Member[]> {
    const newest = await this.parts.digests.lastMessages(hidden.map((member) => member.conversationId));
    return hidden.filter((member) => isPutAway(member, newest.get(member.conversationId)));
  }

  private sieves(actor: Actor, { search, unread }: ConversationFilter): Sieve[] {
    const wanted = fold(search?.trim() ?? '');
    return [
      ...(wanted === '' ? [] : [(found: readonly Conversation[]) => this.named(actor, wanted, found)]),
      ...(unread == null ? [] : [(found: readonly Conversation[]) => this.unread(actor, unread, found)]),
    ];
  }

  private async scan(request: ListRequest, sieves: readonly Sieve[]): Promise<ListPage<Conversation>> {
    const size = request.first ?? defaultPageSize;
    const found: Conversation[] = [];
    let after = request.after;
    for (;;) {
      const page = await readList(this.parts.collections.conversations, { ...request, first: scanSize, after });
      let kept: readonly Conversation[] = page.edges.map(({ node }) => node);
      for (const sieve of sieves) kept = await sieve(kept);
      found.push(...kept);
      after = page.pageInfo.endCursor;
      if (found.length > size || !page.pageInfo.hasNextPage) break;
    }
    const more = { next: found.length > size, previous: request.after != null };
    return pageOf(found.slice(0, size), (row) => encodeCursor(row, order), more);
  }

  /** Groups by their title, direct chats by the other person's names. */
  private async named(actor: Actor, wanted: string, found: readonly Conversation[]): Promise<readonly Conversation[]> {
    const peerIds = found.map((conversation) => peerOf(conversation, actor.userId) ?? '');
    const peers = await this.parts.collections.users.findByIds(peerIds);
    return found.filter(({ title }, at) => {
      const texts = [title, peers[at]?.username, peers[at]?.name];
      return texts.some((text) => text != null && fold(text).includes(wanted));
    });
  }

  private async unread(
    { userId }: Actor,
    isWanted: boolean,
    found: readonly Conversation[],
  ): Promise<readonly Conversation[]> {
    const ids = found.map((conversation) => conversation.id);
    const [members, heads] = await Promise.all([
      this.parts.collections.members.find({ userId, leftSeq: null, conversationId: { $in: ids } }),
      this.parts.reader.heads(ids),
    ]);
    const counts = await this.parts.digests.unreadCounts(members, heads);
    return found.filter(({ id }) => (counts.get(id) ?? 0) > 0 === isWanted);
  }
}

/**
 * A page without what the viewer has left while it was read: the conversation's own list of members is written after
 * the seat. Its cursors stay those of the whole page.
 * @param memberships the viewer's, by conversation id; what is shown of a conversation is read from the same ones
 */
export async function joinedOf(
  { edges, pageInfo }: ListPage<Conversation>,
  memberships: Pick<DataLoader<string, Member | undefined>, 'load'>,
): Promise<ListPage<Conversation>> {
  const members = await Promise.all(edges.map(({ node }) => memberships.load(node.id)));
  return { edges: edges.filter((_edge, at) => members[at]), pageInfo };
}

/** Whether the person put the conversation away, and nothing has been said in it since. */
export function isPutAway({ isHidden, hiddenSeq }: Member, lastMessage: LogEntry | undefined): boolean {
  return isHidden && (lastMessage?.seq ?? 0) <= hiddenSeq;
}

/** The other person of a direct chat. */
export function peerOf({ kind, memberIds }: Conversation, userId: string): string | undefined {
  return kind === ConversationKind.DIRECT ? memberIds.find((id) => id !== userId) : undefined;
}
