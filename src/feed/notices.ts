import type { Bus } from '../bus/bus.js';
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
      if (message.kind === 'notice') this.deliver(message.notice);
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

  private forget(userId: string, stream: NoticeStream): void {
    const streams = this.streamsByUser.get(userId);
    if (!streams?.delete(stream)) return;
    this.muffled.release(userId);
    if (streams.size === 0) this.streamsByUser.delete(userId);
  }

  private deliver(notice: Notice): void {
    const invited = notice.to === 'everyone' ? undefined : new Set(notice.to);
    const candidates = invited && !notice.openToNamed ? invited : this.streamsByUser.keys();
    for (const userId of candidates) {
      if (this.isMuffled(userId, notice)) continue;
      const isInvited = invited?.has(userId) ?? true;
      const streams = this.streamsByUser.get(userId) ?? [];
      for (const stream of streams) if (wants(stream, notice, isInvited)) stream.give(notice);
    }
  }

  private isMuffled(userId: string, { name, payload }: Notice): boolean {
    if (name === 'conversationSpamMarked' || !('conversationId' in payload)) return false;
    return this.muffled.has(userId, payload.conversationId);
  }
}

function wants({ name, subject }: NoticeStream, notice: Notice, isInvited: boolean): boolean {
  if (name !== notice.name) return false;
  return subject === undefined ? isInvited : subject === notice.subject && (isInvited || notice.openToNamed === true);
}
