import type { Bus } from '../bus/bus.js';
import type { Notice, NoticePayloads } from '../feed/notice.js';
import type { Notices } from '../feed/notices.js';

/** Who has not said for so long that it still types, types no more, ms. */
const expiresAfter = 8_000;

type TypingNotice = Notice<'typingChanged'>;

/**
 * Ends what nobody ended: who closes the page while typing does not type for ever. Every process does so for its own
 * subscribers, so it holds also when the process dies that heard of the typing first.
 */
export class Typing {
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    bus: Bus,
    private readonly notices: Notices,
  ) {
    bus.subscribe((message) => {
      if (message.kind === 'notice' && isTyping(message.notice)) this.hear(message.notice);
    });
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private hear(notice: TypingNotice): void {
    const key = keyOf(notice.payload);
    clearTimeout(this.timers.get(key));
    if (notice.payload.typing) this.timers.set(key, setTimeout(() => this.expire(notice), expiresAfter).unref());
    else this.timers.delete(key);
  }

  private expire(notice: TypingNotice): void {
    this.timers.delete(keyOf(notice.payload));
    this.notices.tellHere({ ...notice, payload: { ...notice.payload, typing: false } });
  }
}

function isTyping(notice: Notice): notice is TypingNotice {
  return notice.name === 'typingChanged';
}

function keyOf({ conversationId, userId }: NoticePayloads['typingChanged']): string {
  return `${conversationId} ${userId}`;
}
