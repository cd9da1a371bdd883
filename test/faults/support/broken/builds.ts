import type { Fault } from '../checks/fault.js';
import type { Flaws } from '../lossy-link.js';

/** One place in the built product, and what stands there instead. */
export interface Change {
  /** Below `dist/src`. */
  readonly module: string;
  readonly from: string;
  readonly to: string;
}

/** A product that breaks a promise. */
export interface BrokenBuild {
  readonly name: string;
  readonly changes: readonly Change[];
  /** What is wrong around it. */
  readonly flaws?: Partial<Flaws>;
  /** What the checker must find, at least one of them; nothing where the product has to mend itself. */
  readonly faults: readonly Fault['promise'][];
  /** Whether it is tried in CI too. */
  readonly isAlways?: boolean;
}

const deliver = 'follow.deliver(item);';

/** Entries that are not shown as they should be. */
const display: readonly BrokenBuild[] = [
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
];

/** Memberships that do not end as they should. */
const leaving: readonly BrokenBuild[] = [
  {
    name: 'the removed go on following',
    changes: [
      {
        module: 'feed/follow.js',
        from: 'return entry.type === Type.MEMBER_REMOVED && entry.userId === viewerId;',
        to: 'return false;',
      },
    ],
    faults: ['not a member', 'not told of leaving'],
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

/** Requests that are not done as they are answered. */
const requests: readonly BrokenBuild[] = [
  {
    name: 'nothing is unique',
    changes: [],
    flaws: { isUniquenessSkipped: true },
    faults: ['doubled', 'retry answered differently', 'gap in the log', 'another entry'],
    isAlways: true,
  },
  {
    name: 'changes are acknowledged and not stored',
    changes: [{ module: 'messages/message.service.js', from: 'if (!change)', to: 'if (true)' }],
    faults: ['acknowledged and not done'],
    isAlways: true,
  },
  {
    name: 'edits change nothing',
    changes: [
      {
        module: 'log/effects.js',
        from: '[Type.MESSAGE_EDITED]: changeMessage(',
        to: '[Type.MESSAGE_EDITED]: async () => undefined, unused: changeMessage(',
      },
    ],
    faults: ['other content', 'message differs from its log'],
  },
  {
    name: 'reactions change nothing',
    changes: [
      {
        module: 'log/effects.js',
        from: '[Type.REACTION_CHANGED]: changeMessage(',
        to: '[Type.REACTION_CHANGED]: async () => undefined, unused: changeMessage(',
      },
    ],
    faults: ['message differs from its log'],
  },
  {
    name: 'messages are refused without a reason',
    changes: [
      {
        module: 'messages/message.service.js',
        from: 'async add(actor, input) {',
        to: "async add(actor, input) { if (Math.random() < 0.1) throw badInput('content', 'broken');",
      },
    ],
    faults: ['refused without a reason'],
  },
  {
    name: 'messages are acknowledged before they are stored',
    changes: [
      {
        module: 'log/log-writer.js',
        from: 'await this.insert(rows.map(toStored));',
        to: 'this.insert(rows.map(toStored)).catch(() => undefined);',
      },
    ],
    faults: ['lost', 'another entry'],
  },
  {
    name: 'receipts are not stored',
    changes: [
      {
        module: 'conversations/receipts.js',
        from: 'await this.collections.members.model.bulkWrite(operations, { ordered: false });',
        to: '',
      },
    ],
    faults: ['wrong receipt'],
  },
  {
    name: 'messages are never answered',
    changes: [
      {
        module: 'messages/message.service.js',
        from: 'async add(actor, input) {',
        to: 'async add(actor, input) { if (Math.random() < 0.05) await new Promise(() => undefined);',
      },
    ],
    faults: ['not settled'],
  },
];

const apply = 'await this.tools.reader.apply(entry);';

/** The founding is spared, because a run begins with it. */
const interrupted: Change = {
  module: 'log/append-queue.js',
  from: apply,
  to: `{ if (entry.seq > 1 && Math.random() < 0.2) throw new Error('interrupted'); ${apply} }`,
};

/** Entries whose change is not carried out at once. */
const halfDone: readonly BrokenBuild[] = [
  {
    name: 'entries are often left half done, and finished later',
    changes: [interrupted],
    faults: [],
  },
  {
    name: 'entries are often left half done, and nobody finishes them',
    changes: [
      interrupted,
      ...['applyPending(conversationId) {', 'applyAllPending() {'].map((from) => {
        return { module: 'log/log-reader.js', from: `async ${from}`, to: `async ${from} return;` };
      }),
    ],
    faults: ['left pending', 'other content', 'not a member', 'message differs from its log'],
  },
];

/** What processes tell each other and nobody cares for. */
const processes: readonly BrokenBuild[] = [
  {
    name: 'entries are told to nobody',
    changes: [],
    flaws: { swallowing: 0.1 },
    faults: ['never shown'],
  },
  {
    name: 'lost messages are not looked for',
    changes: [{ module: 'bus/shared-bus.js', from: "this.listeners.tell({ kind: 'doubt' });", to: '' }],
    flaws: { loss: 0.1 },
    faults: ['never shown'],
  },
];

/** All of them. */
export const brokenBuilds: readonly BrokenBuild[] = [...display, ...leaving, ...requests, ...halfDone, ...processes];
