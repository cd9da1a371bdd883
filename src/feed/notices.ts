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
    const to = people(notice.to);
    const toNamed = people(notice.toNamed ?? []);
    const except = new Set(notice.except);
    const invited = to && toNamed ? new Set([...to, ...toNamed]) : this.streamsByUser.keys();
    for (const userId of invited) {
      if (except.has(userId)) continue;
      const isAddressed = to?.has(userId) ?? true;
      const mayName = toNamed?.has(userId) ?? true;
      for (const stream of this.streamsByUser.get(userId) ?? []) {
        const isFor = isAddressed || (mayName && stream.subject !== undefined);
        if (isFor && wants(stream, notice)) stream.give(notice);
      }
    }
  }
}

/** Undefined stands for everyone. */
function people(list: readonly string[] | 'everyone'): ReadonlySet<string> | undefined {
  return list === 'everyone' ? undefined : new Set(list);
}

function wants(stream: NoticeStream, notice: Notice): boolean {
  return stream.name === notice.name && (stream.subject === undefined || stream.subject === notice.subject);
}
