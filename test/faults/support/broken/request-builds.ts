import type { BrokenBuild } from './build.js';

/** Requests that are not done as they are answered. */
export const requestBuilds: readonly BrokenBuild[] = [
  {
    name: 'nothing is unique',
    changes: [],
    flaws: { unguarded: 'everything' },
    faults: ['doubled', 'retry answered differently', 'gap in the log', 'another entry'],
    isAlways: true,
  },
  {
    name: 'a message that is sent again is stored again',
    changes: [],
    flaws: { unguarded: 'clientMessageId' },
    faults: ['doubled'],
  },
  {
    name: 'a message that is sent again is answered as another one',
    changes: [
      {
        module: 'log/append-job.js',
        from: 'repeats(first) {',
        to: 'repeats(stored) { const first = Object.assign(Object.create(stored), { id: `${stored.id.slice(0, -6)}abcdef` });',
      },
    ],
    faults: ['retry answered differently'],
  },
  {
    name: 'places in the log are left out',
    changes: [
      {
        module: 'log/append-queue.js',
        from: 'seq: seq + 1 + at',
        to: 'seq: seq + (Math.random() < 0.1 ? 2 : 1) + at',
      },
    ],
    faults: ['gap in the log'],
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
    faults: ['lost'],
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
    name: 'memberships end in the log only',
    changes: [
      {
        module: 'log/effects.js',
        from: '[Type.MEMBER_REMOVED]: ',
        to: '[Type.MEMBER_REMOVED]: async () => undefined, unused: ',
      },
    ],
    faults: ['membership differs from its log'],
  },
  {
    name: 'own messages count as unread',
    changes: [{ module: 'conversations/digests.js', from: 'actorId: { $ne: objectId(userId) },', to: '' }],
    faults: ['wrong unread count'],
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
