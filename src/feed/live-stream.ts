import type { ChatError } from '../errors.js';

/** What a viewer may read of a conversation: nothing before `firstSeq`. */
export interface Floor {
  readonly conversationId: string;
  readonly firstSeq: number;
}

/** One event on its way to one subscriber. */
export interface LiveEvent {
  /** The root value with which the subscription's document is executed. */
  readonly payload: object;
  /** The thing that happened. Events with the same identity and visibility give every viewer the same answer to a document without viewer-dependent fields. */
  readonly identity: object;
  /** The visibility class of the event for this viewer. */
  readonly visibility: string;
  /** What the viewer may read of the event's conversation. */
  readonly floor?: Floor;
  /** Whether nothing is missed where the event is dropped because what it is about is gone by now: it is in no log. */
  readonly mayLapse?: boolean;
  /** When it happened, of an entry that is told as it happens; absent while somebody catches up. */
  readonly happenedAt?: Date;
}

/** Where a transport takes events. */
export interface Outlet {
  /** Takes the event, or returns false when it is full and has not taken it; it then calls `resume` once it has room. */
  push(event: LiveEvent): boolean;
  /** Ends the stream; with an error when it did not end by itself. Called once. */
  end(error?: ChatError): void;
}

/**
 * A subscription that has been authorized and has its place: nothing that happens after it was opened is missed.
 * It is silent until it is attached to an outlet, and belongs to exactly one.
 */
export interface LiveStream {
  attach(outlet: Outlet): void;
  /** The outlet has room again. */
  resume(): void;
  /** Leaves everything; may be called more than once. */
  close(): void;
}
