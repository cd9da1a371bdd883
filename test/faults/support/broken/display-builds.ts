import type { BrokenBuild } from './build.js';

const deliver = 'follow.deliver(item);';

/** Entries that are not shown as they should be. */
export const displayBuilds: readonly BrokenBuild[] = [
  {
    name: 'entries are skipped',
    changes: [
      {
        module: 'feed/channel.js',
        from: deliver,
        to: `if (Math.random() > 0.05) { ${deliver} } else follow.position = item.entry.seq;`,
      },
    ],
    faults: ['gap or disorder'],
    isAlways: true,
  },
  {
    name: 'entries are shown twice',
    changes: [
      { module: 'feed/follow.js', from: 'if (entry.seq <= this.position)', to: 'if (entry.seq < this.position)' },
      { module: 'feed/channel.js', from: deliver, to: `${deliver} if (Math.random() < 0.05) ${deliver}` },
    ],
    faults: ['shown twice'],
  },
  {
    name: 'a resume repeats',
    changes: [{ module: 'feed/streams.js', from: 'seqs.get(id) ?? 0)', to: 'Math.max(0, (seqs.get(id) ?? 0) - 5))' }],
    faults: ['shown twice'],
    isAlways: true,
  },
  {
    name: 'a resume skips',
    changes: [{ module: 'feed/streams.js', from: 'seqs.get(id) ?? 0)', to: '(seqs.get(id) ?? -1) + 1)' }],
    faults: ['gap or disorder', 'needless reset', 'never shown'],
  },
  {
    name: 'every resume begins anew',
    changes: [{ module: 'feed/replay-plan.js', from: 'return !beyond', to: 'return false && !beyond' }],
    faults: ['needless reset'],
  },
  {
    name: 'another content is shown',
    changes: [
      {
        module: 'feed/log-item.js',
        from: 'this.message = messages[entry.messageId ?? entry.id];',
        to: 'const shown = messages[entry.messageId ?? entry.id]; this.message = shown && { ...shown, content: "?" };',
      },
    ],
    faults: ['other content'],
    isAlways: true,
  },
  {
    name: 'entries are shown as others',
    changes: [
      {
        module: 'feed/feed-items.js',
        from: 'this.type = entry.type;',
        to: "this.type = entry.type === 'REACTION_CHANGED' ? 'MESSAGE_EDITED' : entry.type;",
      },
    ],
    faults: ['another entry'],
  },
];

/** Memberships that do not end as they should. */
export const leavingBuilds: readonly BrokenBuild[] = [
  {
    name: 'the removed go on following',
    changes: [
      {
        module: 'feed/follow.js',
        from: 'return entry.type === Type.MEMBER_REMOVED && entry.userId === viewerId;',
        to: 'return false;',
      },
    ],
    faults: ['not a member'],
    isAlways: true,
  },
  {
    name: 'nobody is told of leaving',
    changes: [{ module: 'feed/log-stream.js', from: 'this.remarks.push(new FeedLeft(conversationId));', to: ';' }],
    faults: ['not told of leaving'],
  },
  {
    name: 'the removed are not shown their removal',
    changes: [
      {
        module: 'feed/follow.js',
        from: 'if (entry.seq >= this.firstSeq && ',
        to: 'if (!endsMembership(entry, this.owner.viewerId) && entry.seq >= this.firstSeq && ',
      },
    ],
    faults: ['left without the last entry'],
  },
  {
    name: 'the removed may write',
    changes: [{ module: 'log/conversation-state.js', from: "state.seats.delete(userId ?? '')", to: 'undefined' }],
    faults: ['written by a stranger'],
  },
];
