/** One entry of a conversation's log, as it is stored at the end. A message is stored as it is then. */
export interface StoredEntry {
  readonly id: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly type: string;
  readonly actorId: string;
  /** Of a message that was sent with one. */
  readonly clientMessageId?: string;
  readonly content?: string;
  readonly removedAt?: string | null;
  readonly reactionList?: readonly { readonly emoji: string; readonly userIds: readonly string[] }[];
  /** The message that the entry changes. */
  readonly messageId?: string;
  /** Of an edit: what the message says from then on. Erased when the message is removed. */
  readonly text?: string;
  /** Of a reaction: which, and whether it was given or taken back. */
  readonly emoji?: string;
  readonly given?: boolean;
  /** The member whom the entry is about. */
  readonly userId?: string;
  /** Of GROUP_CREATED: the first members beside the actor. */
  readonly userIds?: readonly string[];
  /** Its change has not been carried out. */
  readonly pending?: true;
}

/** What the server answered to a send. */
export interface Answer {
  readonly messageId: string;
  readonly seq: number;
}

/** That the server would not, and why. */
export interface Refusal {
  readonly code: string;
  readonly reason?: string | undefined;
}

/** A message that somebody tried to send, with every answer it was given; none when it was never acknowledged. */
export interface Sending {
  readonly clientMessageId: string;
  readonly userId: string;
  readonly conversationId: string;
  readonly content: string;
  readonly answers: Answer[];
  readonly refusals: Refusal[];
}

/** Something else that somebody tried to do, once. */
export interface Deed {
  readonly kind: 'edit' | 'remove' | 'react' | 'membership' | 'read';
  readonly actorId: string;
  readonly conversationId: string;
  /** The message, or the person, that it is about. */
  readonly subject: string;
  /** What is to be true of it then: the text, whether it is there, or the seq. */
  readonly value: string | number | boolean;
  /** As of performance.now(). */
  readonly begun: number;
  /** When the server answered. Infinity: it has not, and may still do it. */
  readonly ended: number;
  /** done: acknowledged. unknown: nobody can say whether it was done. */
  readonly outcome: 'done' | 'unknown' | Refusal;
}

/** What a person was shown of a conversation, one thing after the other. */
export type Sight =
  | EventSight
  | {
      readonly kind: 'reset';
      readonly conversationId: string;
      readonly firstSeq: number;
      readonly lastSeq: number;
    }
  | { readonly kind: 'left'; readonly conversationId: string }
  | { readonly kind: 'caughtUp' };

export interface EventSight {
  readonly kind: 'event';
  readonly conversationId: string;
  readonly seq: number;
  readonly type: string;
  readonly messageId?: string | undefined;
  /** The message with it; undefined when none was shown. */
  readonly content?: string | undefined;
  readonly isRemoved?: boolean;
}

/** Everything that one person's application was given, across all its connections. */
export interface View {
  readonly userId: string;
  readonly sights: readonly Sight[];
}

/** What came through one feed of one socket, before any client library made it whole. */
export interface Wire extends View {
  /** Where it said that it stands; undefined when it said nothing. */
  readonly known: ReadonlyMap<string, number> | undefined;
  readonly isOpen: boolean;
}

/** What one server says of one conversation to one person at the end; without numbers it is not there for that person. */
export interface Standing {
  readonly server: string;
  readonly userId: string;
  readonly conversationId: string;
  readonly numbers?: {
    readonly firstSeq: number;
    readonly lastSeq: number;
    readonly readSeq: number;
    readonly unread: number;
  };
}

/** What happened in one run, as far as those outside of the servers can tell, and the log at its end. */
export interface History {
  readonly sendings: readonly Sending[];
  readonly deeds: readonly Deed[];
  /** By person. */
  readonly views: readonly View[];
  readonly wires: readonly Wire[];
  readonly log: readonly StoredEntry[];
  readonly standings: readonly Standing[];
}
