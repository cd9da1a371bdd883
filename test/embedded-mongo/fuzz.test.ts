import type { TestDatabase } from './support/database.js';
import { startTestDatabase } from './support/database.js';
import { Random, seedOfRun } from './support/random.js';
import { Conversation, frame, message, openWire } from './support/wire.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

const ping = { ping: 1, $db: 'chatset' };
const commands: object[] = [
  ping,
  { insert: 'fuzz', documents: [{ a: 1, b: [1, 'x', { c: null }] }], $db: 'chatset' },
  { find: 'fuzz', filter: { a: { $gt: 1 }, $or: [{ b: 1 }, { c: /x/ }] }, sort: { a: 1 }, limit: 5, $db: 'chatset' },
  {
    aggregate: 'fuzz',
    pipeline: [{ $match: { a: 1 } }, { $group: { _id: '$b', n: { $sum: 1 } } }],
    cursor: {},
    $db: 'chatset',
  },
  { update: 'fuzz', updates: [{ q: { a: 1 }, u: { $push: { b: 1 } }, upsert: true }], $db: 'chatset' },
];
const bodies = commands.map((command) => message(command));

/** A message of which some bytes are others, and perhaps the end is missing. */
function damaged(random: Random): Buffer {
  const body = Buffer.from(random.pick(bodies));
  for (let damage = random.below(4); damage >= 0; damage -= 1) body[random.below(body.length)] = random.below(256);
  return random.chance(0.9) ? body : body.subarray(0, random.below(body.length));
}

async function status(): Promise<{ memory: number; cursors: number }> {
  const { mem, metrics } = (await database.db.command({ serverStatus: 1 })) as unknown as {
    mem: { resident: number };
    metrics: { cursor: { open: { total: number } } };
  };
  return { memory: mem.resident, cursors: metrics.cursor.open.total };
}

async function isAlive(): Promise<boolean> {
  return (await database.db.command({ ping: 1 })).ok === 1;
}

const seed = seedOfRun();
test(`thousands of damaged frames harm nobody and leave nothing behind (SEED=${seed})`, async () => {
  const random = new Random(seed);
  const fuzz = async (): Promise<void> => {
    const socket = await openWire(database.mongo.uri);
    socket.on('error', () => socket.destroy());
    socket.resume();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    for (let i = 0; i < 20; i += 1)
      socket.write(frame(random.chance(0.95) ? 2013 : random.below(3000), damaged(random)));
    socket.end();
    await closed;
  };
  for (let i = 0; i < 20; i += 1) await fuzz();
  const before = await status();
  for (let i = 0; i < 150; i += 1) await fuzz();
  const after = await status();
  expect(after.memory).toBeLessThan(before.memory + 150);
  expect(after.cursors).toBeLessThan(before.cursors + 50);
  expect(await isAlive()).toBe(true);
}, 60_000);

test(`between damaged messages each good one is answered, in its turn, while the connection is open (SEED=${seed})`, async () => {
  const random = new Random(seed);
  let [answered, closed] = [0, 0];
  for (let connection = 0; connection < 100; connection += 1) {
    const conversation = new Conversation(await openWire(database.mongo.uri));
    const pings = Array.from({ length: 10 }, (_, i) => 2 * i + 1);
    for (const id of pings) {
      conversation.send(frame(2013, damaged(random), { id: id - 1 }));
      conversation.send(frame(2013, message(ping), { id }));
    }
    const last = message({ hello: 1, $db: 'chatset' });
    conversation.send(Buffer.concat([frame(2013, last, { id: 100 }), frame(1, last, { id: 101 })]));
    const replies = await conversation.replies(Infinity);
    const ids = replies.map(({ to }) => to);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    const isWhole = ids.includes(100);
    const good = replies.filter(({ to }) => to % 2 === 1 && to < 100);
    expect(good.every(({ body }) => body.ok === 1)).toBe(true);
    if (isWhole) expect(good.map(({ to }) => to)).toEqual(pings);
    answered += good.length;
    closed += isWhole ? 0 : 1;
  }
  expect(answered).toBeGreaterThan(500);
  expect(closed).toBeGreaterThan(0);
  expect(await isAlive()).toBe(true);
}, 60_000);
