import type { ConversationState } from './conversation-state.js';
import type { LogEntry } from './log-entry.model.js';

/** An entry before it has its place: everything but id, conversation, seq and time. */
export type Draft = Pick<LogEntry, 'type' | 'actorId'> &
  Partial<Omit<LogEntry, 'id' | 'conversationId' | 'seq' | 'createdAt'>>;

/** What makes a send repeatable: the sender's own id for it and a hash of what it asked. */
export interface OnceKey {
  readonly actorId: string;
  readonly clientMessageId: string;
  readonly requestHash: string;
}

/** A wish to append to one conversation. */
export interface AppendRequest {
  readonly conversationId: string;
  /**
   * Authorizes against the state and says what to append; nothing when it is already so.
   * It is asked again whenever somebody else was faster. @throws ChatError when it is not allowed
   */
  readonly decide: (state: ConversationState) => readonly Draft[] | Promise<readonly Draft[]>;
  /** Present for sends, which may be appended together because none changes what another may do. */
  readonly send?: { readonly once?: OnceKey };
}

/** What became of a request. */
export interface Appended {
  /** The entries, in seq order; for a repeated send the one of the first time, as it is now. */
  readonly entries: readonly LogEntry[];
  /** The messages the entries speak of, as they are after them, by id. */
  readonly messages: Readonly<Record<string, LogEntry>>;
  /** Whether a send had been stored before. */
  readonly isRepeat: boolean;
}
