import type { Bus } from '../bus/bus.js';
import { ConversationEventType as Type } from '../log/entry-type.js';
import type { LogEntry } from '../log/log-entry.model.js';
import { Audience } from './audience.js';
import type { Notice, NoticeName } from './notice.js';
import type { Muffled } from './muffled.js';
import { NoticeStream } from './notice-stream.js';

/** Hands notices to the live views of those who may receive them. */
export class Notices {
  private readonly streamsByUser = new Map<string, Set<NoticeStream>>();

  constructor(
    private readonly bus: Bus,
    private readonly muffled: Muffled,
  ) {
    bus.subscribe((message) => {
      if (message.kind === 'notice') this.tellHere(message.notice);
      else if (message.kind === 'entries') for (const entry of message.entries) this.endAfter(entry);
      else if (message.kind === 'view' && message.change === 'spam')
        this.endViews(message.userId, message.conversationId);
    });
  }

  /** Tells every process. */
  publish<Name extends NoticeName>(notice: Notice<Name>): void {
    this.bus.publish({ kind: 'notice', notice });
  }

  /** A live view for one person; `subject` narrows it to one conversation or person. */
  async open(userId: string, name: NoticeName, subject?: string): Promise<NoticeStream> {
    await this.muffled.hold(userId);
    const stream = new NoticeStream(name, subject, () => this.forget(userId, stream));
    const streams = this.streamsByUser.get(userId) ?? new Set();
    this.streamsByUser.set(userId, streams.add(stream));
    return stream;
  }

  /** Tells the live views of this process. */
  tellHere(notice: Notice): void {
    const audience = new Audience(notice);
    for (const userId of audience.candidates ?? this.streamsByUser.keys()) {
      if (this.isMuffled(userId, notice)) continue;
      for (const stream of this.streamsByUser.get(userId) ?? []) {
        if (stream.name === notice.name && audience.admits(userId, stream.subject)) stream.give(notice);
      }
    }
  }

  /** A view of one conversation ends with the membership of who looks. */
  private endAfter({ type, userId, conversationId }: LogEntry): void {
    if (type === Type.MEMBER_REMOVED && userId) this.endViews(userId, conversationId);
    if (type !== Type.GROUP_DELETED) return;
    for (const each of this.streamsByUser.keys()) this.endViews(each, conversationId);
  }

  /** A person's views that are narrowed to a conversation. */
  viewsOfConversations(userId: string): NoticeStream[] {
    const streams = [...(this.streamsByUser.get(userId) ?? [])];
    return streams.filter(({ name, subject }) => subject !== undefined && isAboutConversation(name));
  }

  private endViews(userId: string, conversationId: string): void {
    for (const stream of this.streamsByUser.get(userId) ?? []) if (stream.subject === conversationId) stream.end();
  }

  private forget(userId: string, stream: NoticeStream): void {
    const streams = this.streamsByUser.get(userId);
    if (!streams?.delete(stream)) return;
    this.muffled.release(userId);
    if (streams.size === 0) this.streamsByUser.delete(userId);
  }

  private isMuffled(userId: string, { name, payload }: Notice): boolean {
    if (name === 'conversationSpamMarked' || !('conversationId' in payload)) return false;
    return this.muffled.has(userId, payload.conversationId);
  }
}

/** Whether a view of this kind is narrowed to a conversation; all others are narrowed to a person. */
function isAboutConversation(name: NoticeName): boolean {
  return name === 'typingChanged' || name === 'receiptChanged';
}
