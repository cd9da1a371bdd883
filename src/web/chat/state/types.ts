import type {
  AuthorFieldsFragment,
  ConversationDetailsFragment,
  EventFieldsFragment,
  MemberFieldsFragment,
  MessageFieldsFragment,
  Presence,
  UserFieldsFragment,
} from '../../../generated/operations.js';

export type User = UserFieldsFragment;
/** A person as messages and entries name it. */
export type Author = AuthorFieldsFragment;
/** Its person is whom the list or the entry named; `ChatState.people` knows it best. */
export type Member = Omit<MemberFieldsFragment, 'user'> & { readonly user: Author };
/** One entry of a conversation's log, as the feed and `conversationEvents` tell it. */
export type LogEntry = EventFieldsFragment;
/** A conversation as the list shows it; its `lastSeq` says up to which entry it is true. */
export type Row = ConversationDetailsFragment;

export interface Reaction {
  readonly emoji: string;
  readonly count: number;
  /** Not told by the feed, which says the same to everybody; known from pages. */
  readonly byMe?: boolean;
}

export type Message = Omit<MessageFieldsFragment, 'reactions'> & { readonly reactions: readonly Reaction[] };

/** One place of the timeline: a message, or something that happened to the conversation. */
export interface Line {
  readonly seq: number;
  /** The seq up to which this content is known to be true. Newer knowledge replaces older. */
  readonly asOf: number;
  readonly message?: Message;
  readonly notice?: LogEntry;
}

/** A part of a conversation's history without holes, in seq order. */
export interface Timeline {
  readonly lines: readonly Line[];
  /** Live lines that came while the window did not reach the newest end. */
  readonly ahead: readonly Line[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
  /** Something has been loaded. */
  readonly isReady: boolean;
}

/** A page of history as it was asked for and answered. */
export interface Page {
  readonly lines: readonly Line[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** Where a page goes: in place of what is there, before it, or after it. */
export type PagePlace = 'replace' | 'older' | 'newer';

/** A conversation that somebody has opened on this page. */
export interface Room {
  readonly timeline: Timeline;
  readonly members: ReadonlyMap<string, Member>;
  /** Member entries since the room was opened; replayed over a member list that may be older. */
  readonly memberEntries: readonly LogEntry[];
  /** Set when the person is no longer in it. */
  readonly ending?: Ending;
}

/** How a conversation ended for the person, and what it was called last. */
export interface Ending {
  readonly kind: 'removed' | 'deleted';
  readonly title: string | null;
}

export interface Typist {
  readonly user: Author;
  /** When it stops to count, in milliseconds of the clock. */
  readonly until: number;
}

/** All that the page knows from logs and live views. It is changed by the functions of `fold.ts` only. */
export interface ChatState {
  readonly meId: string;
  /** Every conversation that something was told of. */
  readonly rows: ReadonlyMap<string, Row>;
  /** Those that the person's list has, or the spam folder; one that was put away can be looked at all the same. */
  readonly listed: ReadonlySet<string>;
  readonly rooms: ReadonlyMap<string, Room>;
  /** People as they were told of last, by id. */
  readonly people: ReadonlyMap<string, User>;
  /** Those of them who changed since the line was cut last. */
  readonly changed: ReadonlySet<string>;
  readonly presence: ReadonlyMap<string, Presence>;
  readonly typing: ReadonlyMap<string, readonly Typist[]>;
}
