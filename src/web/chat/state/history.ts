import type { ChatClient } from '../../../client/index.js';
import {
  ConversationEventsDocument,
  ConversationMembersDocument,
  type MessagePageFieldsFragment,
  MessagesDocument,
  type MessagesQueryVariables,
} from '../../../generated/operations.js';
import { foldPresence, foldRoomMembers, foldRoomPage, foldRoomRefreshed, openRoom } from './fold.js';
import { foldPeople } from './people.js';
import { allPages, largestPage } from './pages.js';
import type { Store } from './store.js';
import { noticeTypes } from './timeline.js';
import type { ChatState, Line, Page, PagePlace } from './types.js';

const pageSize = 60;
const latest = 2_147_483_647;
const nobody = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };

type Where = Omit<MessagesQueryVariables, 'conversationId'>;

/** Loads parts of the past into the rooms of the page. */
export class History {
  private hasBegun = false;
  private readonly loading = new Map<string, Promise<void>>();

  /** @param begun settles once the feed has begun: what was asked for before may miss what happened in between */
  constructor(
    private readonly client: ChatClient,
    private readonly store: Store<ChatState>,
    private readonly begun: Promise<void>,
  ) {
    void begun.then(() => (this.hasBegun = true));
  }

  /** Opens a conversation at its newest end, or around a message. */
  async open(id: string, around?: number): Promise<void> {
    this.store.update((state) => openRoom(state, id));
    const isReady = this.store.get().rooms.get(id)?.timeline.isReady ?? false;
    if (isReady && around === undefined) return;
    const where = around === undefined ? { last: pageSize } : { around, first: pageSize };
    await this.once(`${id}:open:${around ?? ''}`, () =>
      Promise.all([this.page(id, where, 'replace'), isReady ? undefined : this.members(id)]),
    );
  }

  /** Goes back to the newest end, when the window is elsewhere. */
  toNewest(id: string): Promise<void> {
    return this.once(`${id}:open:`, () => this.page(id, { last: pageSize }, 'replace'));
  }

  older(id: string): Promise<void> {
    const timeline = this.store.get().rooms.get(id)?.timeline;
    if (!timeline?.isReady || !timeline.hasOlder) return Promise.resolve();
    const before = timeline.startCursor;
    return this.once(`${id}:older`, () => this.page(id, { last: pageSize, before }, 'older'));
  }

  newer(id: string): Promise<void> {
    const timeline = this.store.get().rooms.get(id)?.timeline;
    if (!timeline?.isReady || !timeline.hasNewer) return Promise.resolve();
    const after = timeline.endCursor;
    return this.once(`${id}:newer`, () => this.page(id, { first: pageSize, after }, 'newer'));
  }

  /** Asks for one message again: for what the feed does not tell. */
  async refresh(id: string, seq: number): Promise<void> {
    const asOf = this.known(id);
    const { messages } = await this.client.request(MessagesDocument, { conversationId: id, around: seq, first: 1 });
    this.store.update((state) => foldRoomRefreshed(state, id, linesOf(messages, asOf)));
    const line = this.store
      .get()
      .rooms.get(id)
      ?.timeline.lines.find((known) => known.seq === seq);
    if (line && line.asOf > asOf) await this.refresh(id, seq);
  }

  private async page(id: string, where: Where, place: PagePlace): Promise<void> {
    const asOf = this.known(id);
    const isEarly = !this.hasBegun;
    const { messages } = await this.client.request(MessagesDocument, { conversationId: id, ...where });
    const lines = linesOf(messages, asOf);
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = messages.pageInfo;
    const range = this.rangeOf(id, place, { lines, hasOlder: hasPreviousPage, hasNewer: hasNextPage });
    const notices = await this.notices(id, range);
    const page: Page = {
      lines: [...lines, ...notices].sort((one, other) => one.seq - other.seq),
      hasOlder: hasPreviousPage,
      hasNewer: hasNextPage,
      startCursor,
      endCursor,
    };
    if (!this.joins(id, where, place)) return;
    this.store.update((state) => foldRoomPage(state, id, { page, place }));
    if (isEarly && place !== 'older' && !hasNextPage) void this.repeat(id);
  }

  /** Whether a page still goes on from an end of the window, which may be elsewhere than when it was asked for. */
  private joins(id: string, { before, after }: Where, place: PagePlace): boolean {
    const timeline = this.store.get().rooms.get(id)?.timeline;
    if (place === 'older') return timeline?.startCursor === before;
    return place === 'replace' || timeline?.endCursor === after;
  }

  /** Asks for the newest end once more, when the feed has begun. */
  private async repeat(id: string): Promise<void> {
    await this.begun;
    await this.page(id, { last: pageSize }, 'replace').catch(() => undefined);
  }

  /** Between which seqs a page speaks, so that what happened beside messages is found. */
  private rangeOf(id: string, place: PagePlace, page: Pick<Page, 'lines' | 'hasOlder' | 'hasNewer'>) {
    const known = this.store.get().rooms.get(id)?.timeline.lines ?? [];
    const seqOf = (line: Line | undefined, otherwise: number): number => line?.seq ?? otherwise;
    const start = page.hasOlder ? seqOf(page.lines[0], 1) - 1 : 0;
    const end = page.hasNewer ? seqOf(page.lines.at(-1), 0) + 1 : latest;
    if (place === 'older') return { start, end: seqOf(known[0], latest) };
    return place === 'newer' ? { start: seqOf(known.at(-1), 0), end } : { start, end };
  }

  private async notices(id: string, { start, end }: { start: number; end: number }): Promise<readonly Line[]> {
    if (this.store.get().rows.get(id)?.kind !== 'GROUP') return [];
    const asOf = this.known(id);
    const range = { ...(end < latest && { before: end }), first: largestPage, types: [...noticeTypes] };
    const found: Line[] = [];
    let after = start;
    for (let hasMore = true; hasMore;) {
      const page = { conversationId: id, after, ...range };
      const { events, hasMore: goesOn } = (await this.client.request(ConversationEventsDocument, page))
        .conversationEvents;
      found.push(...events.map((notice) => ({ seq: notice.seq, asOf, notice })));
      after = events.at(-1)?.seq ?? after;
      hasMore = goesOn && events.length > 0;
    }
    return found;
  }

  /** Loads who is in a conversation, and how far each has read. */
  async members(id: string): Promise<void> {
    const members = await allPages(async (after) => {
      const page = { id, first: largestPage, after };
      return (await this.client.request(ConversationMembersDocument, page)).conversation?.members ?? nobody;
    });
    this.store.update((state) => {
      const people = members.map(({ user }) => user);
      return foldPeople(foldPresence(foldRoomMembers(state, id, members), people), people);
    });
  }

  /** What the server knows at least, whenever it is asked from here on. */
  private known(id: string): number {
    return Math.max(this.client.known.get(id) ?? 0, this.store.get().rows.get(id)?.lastSeq ?? 0);
  }

  private async once(key: string, load: () => Promise<unknown>): Promise<void> {
    const running = this.loading.get(key);
    if (running) return running;
    const loading = load().then(() => undefined);
    this.loading.set(key, loading);
    try {
      await loading;
    } finally {
      this.loading.delete(key);
    }
  }
}

function linesOf({ edges }: MessagePageFieldsFragment, asOf: number): readonly Line[] {
  return edges.map(({ node }) => ({ seq: node.seq, asOf, message: node }));
}
