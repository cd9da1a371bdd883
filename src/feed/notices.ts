import type { Bus } from '../bus/bus.js';
import type { Notice, NoticeName } from './notice.js';
import { NoticeStream } from './notice-stream.js';

/** Hands notices to the live views of those who may receive them. */
export class Notices {
  private readonly streamsByUser = new Map<string, Set<NoticeStream>>();

  constructor(private readonly bus: Bus) {
    bus.subscribe((message) => {
      if (message.kind === 'notice') this.deliver(message.notice);
    });
  }

  /** Tells every process. */
  publish<Name extends NoticeName>(notice: Notice<Name>): void {
    this.bus.publish({ kind: 'notice', notice });
  }

  /** A live view for one person; `subject` narrows it to one conversation or person. */
  open(userId: string, name: NoticeName, subject?: string): NoticeStream {
    const stream = new NoticeStream(name, subject, (left) => this.forget(userId, left));
    const streams = this.streamsByUser.get(userId) ?? new Set();
    this.streamsByUser.set(userId, streams.add(stream));
    return stream;
  }

  private forget(userId: string, stream: NoticeStream): void {
    const streams = this.streamsByUser.get(userId);
    if (streams?.delete(stream) && streams.size === 0) this.streamsByUser.delete(userId);
  }

  private deliver(notice: Notice): void {
    const invited = notice.to === 'everyone' || notice.openToNamed ? this.streamsByUser.keys() : notice.to;
    const named = notice.to === 'everyone' ? undefined : new Set(notice.to);
    for (const userId of invited) {
      for (const stream of this.streamsByUser.get(userId) ?? []) {
        if (wants(stream, notice) && (named?.has(userId) !== false || stream.subject !== undefined))
          stream.give(notice);
      }
    }
  }
}

function wants(stream: NoticeStream, notice: Notice): boolean {
  return stream.name === notice.name && (stream.subject === undefined || stream.subject === notice.subject);
}
