import type { Bus } from '../bus/bus.js';
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
<<<<<<< HEAD
    const to = people(notice.to);
    const toNamed = people(notice.toNamed ?? []);
    const except = new Set(notice.except);
    const invited = to && toNamed ? new Set([...to, ...toNamed]) : this.streamsByUser.keys();
    for (const userId of invited) {
      if (except.has(userId) || this.isMuffled(userId, notice)) continue;
      const isAddressed = to?.has(userId) ?? true;
      const mayName = toNamed?.has(userId) ?? true;
      for (const stream of this.streamsByUser.get(userId) ?? []) {
        const isFor = isAddressed || (mayName && stream.subject !== undefined);
        if (isFor && wants(stream, notice)) stream.give(notice);
=======
    const audience = new Audience(notice);
    for (const userId of audience.candidates ?? this.streamsByUser.keys()) {
      if (this.isMuffled(userId, notice)) continue;
      for (const stream of this.streamsByUser.get(userId) ?? []) {
        if (stream.name === notice.name && audience.admits(userId, stream.subject)) stream.give(notice);
>>>>>>> accounts
      }
    }
  }

  private isMuffled(userId: string, { name, payload }: Notice): boolean {
    if (name === 'conversationSpamMarked' || !('conversationId' in payload)) return false;
    return this.muffled.has(userId, payload.conversationId);
  }
}
<<<<<<< HEAD

/** Undefined stands for everyone. */
function people(list: readonly string[] | 'everyone'): ReadonlySet<string> | undefined {
  return list === 'everyone' ? undefined : new Set(list);
}

function wants(stream: NoticeStream, notice: Notice): boolean {
  return stream.name === notice.name && (stream.subject === undefined || stream.subject === notice.subject);
}
=======
>>>>>>> accounts
