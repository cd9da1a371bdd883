import type { Bus } from '../bus/bus.js';
import type { EntriesAppended } from '../bus/messages.js';
import type { Notice, NoticePayloads } from '../feed/notice.js';
import type { Notices } from '../feed/notices.js';
import { ConversationEventType } from '../log/entry-type.js';

/** Who has not said for so long that it still types, types no more, ms. */
const expiresAfter = 8_000;

type TypingNotice = Notice<'typingChanged'>;

/**
 * Ends what nobody ended: who closes the page while typing does not type for ever, and who has said something types no
 * more. Every process does so for its own subscribers, so it holds also when the process dies that heard of it first.
 */
export class Typing {
  private readonly running = new Map<string, { readonly notice: TypingNotice; readonly timer: NodeJS.Timeout }>();

  constructor(
    bus: Bus,
    private readonly notices: Notices,
  ) {
    bus.subscribe((message) => {
      if (message.kind === 'notice' && isTyping(message.notice)) this.hear(message.notice);
      else if (message.kind === 'entries') this.endWith(message);
    });
  }

  stop(): void {
    for (const { timer } of this.running.values()) clearTimeout(timer);
    this.running.clear();
  }

  private hear(notice: TypingNotice): void {
    const key = keyOf(notice.payload);
    clearTimeout(this.running.get(key)?.timer);
    if (!notice.payload.typing) this.running.delete(key);
    else this.running.set(key, { notice, timer: setTimeout(() => this.expire(key), expiresAfter).unref() });
  }

  private endWith({ conversationId, entries }: EntriesAppended): void {
    for (const { type, actorId } of entries) {
      if (type === ConversationEventType.MESSAGE_ADDED && actorId)
        this.expire(keyOf({ conversationId, userId: actorId }));
    }
  }

  private expire(key: string): void {
    const ended = this.running.get(key);
    if (!ended) return;
    clearTimeout(ended.timer);
    this.running.delete(key);
    const { notice } = ended;
    this.notices.tellHere({ ...notice, payload: { ...notice.payload, typing: false } });
  }
}

function isTyping(notice: Notice): notice is TypingNotice {
  return notice.name === 'typingChanged';
}

function keyOf({ conversationId, userId }: Omit<NoticePayloads['typingChanged'], 'typing'>): string {
  return `${conversationId} ${userId}`;
}
