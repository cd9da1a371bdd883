import type { BrokenBuild, Change } from './build.js';

const apply = 'await this.tools.reader.apply(entry);';

/** As if the database had gone away. The founding is spared, because a run begins with it. */
const interrupted: Change = {
  module: 'log/append-queue.js',
  from: apply,
  to: `{ if (entry.seq > 1 && Math.random() < 0.2) throw Object.assign(new Error('interrupted'), { name: 'MongoNetworkError' }); ${apply} }`,
};

/** Entries whose change is not carried out at once. */
export const halfDoneBuilds: readonly BrokenBuild[] = [
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
    faults: ['left pending'],
  },
];

/** What processes tell each other and nobody cares for. */
export const processBuilds: readonly BrokenBuild[] = [
  {
    name: 'entries are told to nobody',
    changes: [],
    flaws: { swallowing: 0.5 },
    faults: ['never shown'],
    isAlways: true,
  },
  {
    name: 'messages between processes get lost and come twice',
    changes: [],
    flaws: { loss: 0.1, repetition: 0.1 },
    faults: [],
    isAlways: true,
  },
  {
    name: 'lost messages are not looked for',
    changes: [{ module: 'bus/shared-bus.js', from: "this.listeners.tell({ kind: 'doubt' });", to: '' }],
    flaws: { loss: 0.1 },
    faults: ['never shown'],
  },
  {
    name: 'processes that died are not missed',
    changes: [{ module: 'bus/shared-bus.js', from: 'this.peers.silentFor(this.times.lease, now)', to: '[]' }],
    deeds: ['server killed for long'],
    faults: ['present without a socket'],
  },
];
