import type { BrokenBuild } from './build.js';

/** Requests that are not done as they are answered. */
export const requestBuilds: readonly BrokenBuild[] = [
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
