import type { LogEntry } from '../log/log-entry.model.js';
import type { MessagesById } from '../log/log-reader.js';
import { ConversationEvent } from './feed-items.js';

/** An entry on its way to followers: the same object for all of them, so that one execution can serve them all. */
export class LogItem {
  readonly message: LogEntry | undefined;
  private view: ConversationEvent | undefined;

  constructor(
    readonly entry: LogEntry,
    messages: MessagesById,
  ) {
    this.message = messages[entry.messageId ?? entry.id];
  }

  get event(): ConversationEvent {
    return (this.view ??= new ConversationEvent(this.entry, this.message));
  }

  /** Viewers of one class see the same: the message or not, and of a reply what their first seq lets them see. */
  visibilityFor(firstSeq: number): string {
    if (!this.message) return '';
    if (this.message.seq < firstSeq) return 'hidden';
    return this.message.replyToId === undefined ? 'visible' : `from ${firstSeq}`;
  }
}
