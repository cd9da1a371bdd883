import type { LiveStream } from './live-stream.js';
import type { NoticeName } from './notice.js';
import type { Notices } from './notices.js';

/** Opens the stream behind every subscription. A stream has its place in all it follows once it is returned. */
export class Streams {
  constructor(private readonly noticeHub: Notices) {}

  /** A live view that is in no log. The caller must have been allowed to name the subject. */
  notices(userId: string, name: NoticeName, subject?: string): LiveStream {
    return this.noticeHub.open(userId, name, subject);
  }
}
