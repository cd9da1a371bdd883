/** One entry of a conversation's log, as it is stored at the end. */
export interface StoredEntry {
  readonly id: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly type: string;
  readonly actorId: string;
  /** Of a message that was sent with one. */
  readonly clientMessageId?: string;
  /** The member whom the entry is about. */
  readonly userId?: string;
  /** Of GROUP_CREATED: the first members beside the actor. */
  readonly userIds?: readonly string[];
}

/** What the server answered to a send. */
export interface Answer {
  readonly messageId: string;
  readonly seq: number;
}

/** A message that somebody tried to send, with every answer it was given; none when it was never acknowledged. */
export interface Sending {
  readonly clientMessageId: string;
  readonly userId: string;
  readonly conversationId: string;
  readonly answers: Answer[];
}

/** What a person was shown of a conversation, one thing after the other. */
export type Sight =
  | { readonly kind: 'event'; readonly conversationId: string; readonly seq: number; readonly type: string }
  /** What follows begins anew. */
  | { readonly kind: 'break'; readonly conversationId: string };

/** Everything that one person's application was given, or that came over one of its sockets. */
export interface View {
  readonly userId: string;
  readonly sights: Sight[];
}

/** What happened in one run, as far as those outside of the servers can tell, and the log at its end. */
export interface History {
  readonly sendings: readonly Sending[];
  /** By person, across all its connections. */
  readonly views: readonly View[];
  /** By socket: what came over it, before any client library made it whole. */
  readonly wires: readonly View[];
  readonly log: readonly StoredEntry[];
}
