import type { LogEntry } from '../log/log-entry.model.js';
import type { Notice } from '../feed/notice.js';
import type { Presence } from '../users/presence.js';

/** Entries that were appended to one conversation, in seq order, with their messages as they are now. */
export interface EntriesAppended {
  readonly kind: 'entries';
  readonly conversationId: string;
  readonly entries: readonly LogEntry[];
  /** The messages that the entries speak of, as they are after them; keyed by message id. */
  readonly messages: Readonly<Record<string, LogEntry>>;
}

/** Something may have been appended that nobody was told of; whoever follows the conversation looks. */
export interface LogHint {
  readonly kind: 'hint';
  readonly conversationId: string;
}

/** A conversation that begins or comes back for somebody without an entry of its own. */
export interface ViewChanged {
  readonly kind: 'view';
  readonly userId: string;
  readonly conversationId: string;
  /** joined: begins; hidden: the past was put away; spam: marked; cleared: no longer spam. */
  readonly change: 'joined' | 'hidden' | 'spam' | 'cleared';
  /** The first seq that the person may read from now on. */
  readonly firstSeq: number;
}

/** Something for live views that is in no log. */
export interface NoticeGiven {
  readonly kind: 'notice';
  readonly notice: Notice;
}

/** Sessions that may no longer be used; their sockets close at once. */
export interface SessionsEnded {
  readonly kind: 'sessionsEnded';
  readonly sessionIds: readonly string[];
}

/** Two people now stand in a block, or no longer do. */
export interface BlockChanged {
  readonly kind: 'blockChanged';
  readonly userIds: readonly [string, string];
}

/** How people stand on one process, as far as its own sockets tell. Who is not there is OFFLINE. */
export interface PresenceTold {
  readonly kind: 'presence';
  readonly processId: string;
  readonly people: readonly { readonly userId: string; readonly presence: Presence }[];
  /** Nobody else is there; what was told before no longer counts. */
  readonly isAll: boolean;
}

/** A process asks all others how people stand there. */
export interface PresenceWanted {
  readonly kind: 'presenceWanted';
  readonly processId: string;
}

/** A person did something on a process where it has no socket. */
export interface PersonActive {
  readonly kind: 'active';
  readonly userId: string;
}

/** To this process only: another one has stopped, or is silent for so long that its people count as gone. */
export interface ProcessGone {
  readonly kind: 'processGone';
  readonly processId: string;
}

/** To this process only: messages of others may have been lost, so whoever serves something looks for itself. */
export interface Doubt {
  readonly kind: 'doubt';
}

export type BusMessage =
  | EntriesAppended
  | LogHint
  | ViewChanged
  | NoticeGiven
  | SessionsEnded
  | BlockChanged
  | PresenceTold
  | PresenceWanted
  | PersonActive
  | ProcessGone
  | Doubt;
