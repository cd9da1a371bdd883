import type { ChatError } from '../errors.js';
import { unavailable } from '../errors.js';
import type { LiveEvent, LiveStream, Outlet } from './live-stream.js';
import type { Notice, NoticeName } from './notice.js';

/** Events that may wait for one slow subscriber before its stream ends. */
const maxWaiting = 1_000;

/** A live view of one kind of notice for one viewer. It keeps no history and does not resume. */
export class NoticeStream implements LiveStream {
  private outlet: Outlet | undefined;
  private readonly waiting: LiveEvent[] = [];
  private isClosed = false;

  constructor(
    readonly name: NoticeName,
    readonly subject: string | undefined,
    private readonly leave: () => void,
  ) {}

  attach(outlet: Outlet): void {
    this.outlet = outlet;
    this.resume();
  }

  /** Takes a notice that this viewer may receive. */
  give(notice: Notice): void {
    const event: LiveEvent = { payload: notice.payload, identity: notice, visibility: '', mayLapse: true };
    if (this.waiting.length === 0 && this.outlet?.push(event)) return;
    this.waiting.push(event);
    if (this.waiting.length > maxWaiting) this.end(slowReader());
  }

  resume(): void {
    while (this.waiting[0] && this.outlet?.push(this.waiting[0])) this.waiting.shift();
  }

  end(error?: ChatError): void {
    if (this.isClosed) return;
    this.close();
    this.outlet?.end(error);
  }

  close(): void {
    this.isClosed = true;
    this.waiting.length = 0;
    this.leave();
  }
}

function slowReader(): ChatError {
  return unavailable(
    `This subscription fell ${maxWaiting} events behind and was ended. Read faster, or subscribe anew.`,
    {
      reason: 'SLOW_READER',
    },
  );
}
