import { browserStorage, type ChatClient, type ClientStorage, createChatClient } from '../../../client/index.js';
import {
  ConversationDocument,
  ConversationListChangedDocument,
  ConversationRemovedDocument,
  ConversationSpamMarkedDocument,
  PresenceChangedDocument,
  ReceiptChangedDocument,
  TypingChangedDocument,
  UserChangedDocument,
  UserUnregisteredDocument,
} from '../../../generated/operations.js';
import { Drafts } from './drafts.js';
import * as fold from './fold.js';
import { History } from './history.js';
import { Listing } from './listing.js';
import { Marks } from './marks.js';
import { foldChanged, foldCut, foldGone, foldPeople, isDeleted } from './people.js';
import { needsSnapshot } from './row.js';
import { Store } from './store.js';
import type { ChatState, LogEntry, Row, User } from './types.js';

/** For how many conversations of a page it is told at once that their messages have arrived. */
const mostTold = 30;

/** One person's chats on this page: what the server tells goes into the store, and nothing else does. */
export class ChatSession {
  readonly client: ChatClient;
  readonly store: Store<ChatState>;
  readonly history: History;
  readonly marks: Marks;
  readonly drafts: Drafts;
  /** Everything but spam. */
  readonly inbox: Listing;
  readonly spam: Listing;
  private readonly storage: ClientStorage;
  private readonly asked = new Set<string>();
  private begin: () => void = () => undefined;
  private clock: ReturnType<typeof setInterval> | undefined;

  private get storageName(): string {
    return `chatset:${this.me.id}`;
  }

  constructor(readonly me: User) {
    this.storage = browserStorage(this.storageName);
    this.drafts = new Drafts(this.storage);
    this.client = createChatClient({
      storage: this.storage,
      onReset: 'skip',
      knownAtStart: null,
    });
    this.store = new Store(foldPeople(fold.emptyState(me.id), [me]));
    const parts = { client: this.client, store: this.store, tell: (rows: readonly Row[]): void => this.tell(rows) };
    this.inbox = new Listing(parts);
    this.spam = new Listing(parts, { spam: true });
    const begun = new Promise<void>((resolve) => (this.begin = resolve));
    this.history = new History(this.client, this.store, begun);
    this.marks = new Marks(this.client, (row) => this.know([row]));
  }

  /** Begins to follow. @returns ends it */
  start(): () => void {
    const stops = [...this.followLog(), ...this.followViews(), this.followTabs()];
    this.clock = setInterval(() => this.store.update((state) => fold.foldTime(state, Date.now())), 1_000);
    this.client.connect();
    return () => {
      clearInterval(this.clock);
      for (const stop of stops) stop();
      void this.client.close();
    };
  }

  /** Ends it and takes out of the browser what the person wrote or read: drafts, unsent messages, places. */
  async forget(): Promise<void> {
    await this.client.close();
    for (const key of this.storage.keys()) this.storage.delete(key);
  }

  /** The server has ended the session: all is forgotten but what is not sent, which waits for the same person. */
  async shutOut(): Promise<void> {
    const hasUnsent = this.client.outbox.length > 0;
    this.drafts.clear();
    if (!hasUnsent) await this.forget();
  }

  /** Takes over conversations that the person's list has, as the server told. */
  tell(rows: readonly Row[]): void {
    this.know(rows);
    this.store.update((state) =>
      fold.foldListed(
        state,
        rows.map(({ id }) => id),
      ),
    );
  }

  /** Takes over what the server told about conversations, also about those that were put away: they stay so. */
  know(rows: readonly Row[]): void {
    for (const row of rows) if (row.lastSeq < (this.store.get().rows.get(row.id)?.lastSeq ?? 0)) this.ask(row.id);
    this.arrived(rows);
    this.store.update((state) => {
      const people = rows.flatMap(({ peer }) => (peer ? [peer] : []));
      return foldPeople(fold.foldPresence(fold.foldRows(state, rows), people), people);
    });
  }

  /** What the list brings has arrived as well. The rest is told when it is looked at, so that this stays a few calls. */
  private arrived(rows: readonly Row[]): void {
    const isNew = ({ lastMessage, me, unreadCount, isSpam }: Row): boolean =>
      !isSpam && unreadCount > 0 && (lastMessage?.seq ?? 0) > me.deliveredSeq;
    for (const { id, lastMessage } of rows.filter(isNew).slice(0, mostTold)) {
      this.marks.delivered(id, lastMessage?.seq ?? 0);
    }
  }

  /** Asks for a conversation that is not known, or not known well. */
  ask(id: string): void {
    this.soon(id, async () => {
      const { conversation } = await this.client.request(ConversationDocument, { id });
      if (conversation) this.know([conversation]);
    });
  }

  /** Takes over what the server told about people. */
  meet(people: readonly User[]): void {
    this.store.update((state) => foldPeople(state, people));
  }

  /** Takes over that a person changed. */
  changed(user: User): void {
    this.store.update((state) => foldChanged(state, user));
  }

  /** Takes over that people have unregistered. */
  private gone(ids: readonly string[]): void {
    this.store.update((state) => foldGone(state, ids));
  }

  /** Asks for something in a moment, once for all who want it until then. */
  private soon(what: string, load: () => Promise<unknown>): void {
    if (this.asked.has(what)) return;
    this.asked.add(what);
    setTimeout(() => {
      this.asked.delete(what);
      load().catch(() => undefined);
    }, 100);
  }

  private followLog(): (() => void)[] {
    const { client, store } = this;
    return [
      client.on('event', (entry) => this.entry(entry)),
      client.on('caughtUp', () => this.caughtUp()),
      client.on('state', (now) => now !== 'live' && store.update(foldCut)),
      client.on('sent', ({ message }) => store.update((state) => fold.foldRoomSent(state, message))),
      client.on('left', ({ conversationId }) => store.update((state) => fold.foldLeft(state, conversationId))),
      client.on('reset', ({ conversationId }) => this.reset(conversationId)),
    ];
  }

  private followViews(): (() => void)[] {
    const { client, store } = this;
    return [
      client.subscribe(ConversationListChangedDocument, {}, (data) => this.tell([data.conversationListChanged])),
      client.subscribe(ConversationSpamMarkedDocument, {}, (data) => this.know([data.conversationSpamMarked])),
      client.subscribe(ConversationRemovedDocument, {}, ({ conversationRemoved }) =>
        store.update((state) => fold.foldReset(fold.foldRemoved(state, conversationRemoved), conversationRemoved)),
      ),
      client.subscribe(PresenceChangedDocument, {}, ({ presenceChanged }) =>
        store.update((state) => fold.foldPresence(state, [presenceChanged])),
      ),
      client.subscribe(UserChangedDocument, {}, ({ userChanged }) => this.changed(userChanged)),
      client.subscribe(UserUnregisteredDocument, {}, ({ userUnregistered }) => this.gone([userUnregistered])),
      client.subscribe(ReceiptChangedDocument, {}, ({ receiptChanged }) =>
        store.update((state) => fold.foldReceipt(state, receiptChanged)),
      ),
      client.subscribe(TypingChangedDocument, {}, ({ typingChanged: { conversationId, ...sign } }) =>
        store.update((state) => fold.foldTyping(state, conversationId, { ...sign, now: Date.now() })),
      ),
    ];
  }

  /** What another tab has begun to write is written on in this one. */
  private followTabs(): () => void {
    const prefix = `${this.storageName}:`;
    const take = ({ key, newValue }: StorageEvent): void => {
      if (key?.startsWith(prefix)) this.drafts.changed(key.slice(prefix.length), newValue);
    };
    window.addEventListener('storage', take);
    return () => window.removeEventListener('storage', take);
  }

  /** The log is complete; what is in no log, marks and presence, is asked for again. */
  private caughtUp(): void {
    this.begin();
    for (const load of [this.inbox.first(), this.spam.refresh()]) void load.catch(() => undefined);
    for (const [id, room] of this.store.get().rooms) {
      if (room.timeline.isReady && !room.ending) void this.history.members(id).catch(() => undefined);
    }
  }

  private entry(entry: LogEntry): void {
    const { conversationId, type, seq, actor, user, message } = entry;
    const row = this.store.get().rows.get(conversationId);
    this.store.update((state) => fold.foldEvent(state, entry));
    // In a closed directory, or after a break of the line, the log alone tells that somebody has gone.
    const gone = [actor, user].filter((person) => person && isDeleted(person));
    if (gone.length > 0) this.gone(gone.map((person) => person?.id ?? ''));
    const isMine = actor?.id === this.me.id;
    if (needsSnapshot(entry, row)) this.ask(conversationId);
    if (type === 'MESSAGE_ADDED' && !isMine) this.marks.delivered(conversationId, seq);
    if (type === 'MEMBER_ADDED' && user && !this.store.get().people.has(user.id)) this.askMembers(conversationId);
    if (type === 'REACTION_CHANGED' && isMine && message) {
      void this.history.refresh(conversationId, message.seq).catch(() => undefined);
    }
  }

  /** The entry that adds somebody tells neither picture nor presence. */
  private askMembers(id: string): void {
    if (this.store.get().rooms.has(id)) this.soon(`${id}:members`, () => this.history.members(id));
  }

  private reset(id: string): void {
    const isOpen = this.store.get().rooms.has(id);
    this.store.update((state) => fold.foldReset(state, id));
    this.ask(id);
    if (isOpen) void this.history.open(id).catch(() => undefined);
  }
}
