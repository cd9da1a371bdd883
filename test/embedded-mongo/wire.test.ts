import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { BSON } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { startTestDatabase } from './support/database.js';
import { Random, seedOfRun } from './support/random.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

async function open(): Promise<Socket> {
  const socket = connect(decodeURIComponent(/\/\/([^/]+)/.exec(database.mongo.uri)![1]!));
  await once(socket, 'connect');
  return socket;
}

/** A frame; its length field may lie. */
function frame(opCode: number, body: Uint8Array, length = 16 + body.length): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(length, 0);
  header.writeInt32LE(7, 4);
  header.writeInt32LE(opCode, 12);
  return Buffer.concat([header, body]);
}

function message(command: object, flags = 0): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32LE(flags, 0);
  return Buffer.concat([head, BSON.serialize(command)]);
}

/** What the server does with bytes: the answer, or null when it closes the connection. */
async function answer(bytes: Buffer): Promise<BSON.Document | null> {
  const socket = await open();
  socket.write(bytes);
  const [data] = (await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => [null])])) as [
    Buffer | null,
  ];
  socket.destroy();
  return data && BSON.deserialize(data.subarray(21));
}

async function isAlive(): Promise<boolean> {
  return (await database.db.command({ ping: 1 })).ok === 1;
}

const ping = { ping: 1, $db: 'chatset' };

test('a frame that comes byte by byte, or with others, is understood', async () => {
  const socket = await open();
  const bytes = Buffer.concat([frame(2013, message(ping)), frame(2013, message(ping))]);
  for (const byte of bytes) socket.write(Buffer.from([byte]));
  const answers: Buffer[] = [];
  while (Buffer.concat(answers).length < 2 * 34) answers.push(((await once(socket, 'data')) as [Buffer])[0]);
  expect(BSON.deserialize(answers[0]!.subarray(21, 34))).toEqual({ ok: 1 });
  socket.destroy();
});

test.each<[string, () => Buffer]>([
  ['a length of zero', () => frame(2013, message(ping), 0)],
  ['a negative length', () => frame(2013, message(ping), -5)],
  ['a length over 48 MB', () => frame(2013, message(ping), 50_000_000)],
])('%s closes the connection', async (_name, bytes) => {
  expect(await answer(bytes())).toBeNull();
  expect(await isAlive()).toBe(true);
});

function deep(levels: number): object {
  let doc: object = {};
  for (let i = 0; i < levels; i += 1) doc = { a: doc };
  return doc;
}

test.each<[string, () => Buffer]>([
  ['an unknown kind of message', () => frame(1234, message(ping))],
  ['an unknown flag', () => frame(2013, message(ping, 1 << 5))],
  ['no section', () => frame(2013, Buffer.alloc(4))],
  ['no $db', () => frame(2013, message({ ping: 1 }))],
  [
    'a document that is too long for its frame',
    () => {
      const body = message(ping);
      body.writeInt32LE(5000, 5);
      return frame(2013, body);
    },
  ],
  [
    'a string without an end',
    () => {
      const body = message({ find: 'xxxx', $db: 'chatset' });
      body.writeInt32LE(4000, body.indexOf('xxxx') - 4);
      return frame(2013, body);
    },
  ],
  [
    'a type that does not exist',
    () => {
      const body = message(ping);
      body[9] = 0x55;
      return frame(2013, body);
    },
  ],
  ['a document nested a thousand times', () => frame(2013, message({ find: 'c', filter: deep(1000), $db: 'chatset' }))],
])('%s is answered with an error', async (_name, bytes) => {
  expect(await answer(bytes())).toMatchObject({ ok: 0 });
  expect(await isAlive()).toBe(true);
});

test('an unknown command is CommandNotFound', async () => {
  expect(await answer(frame(2013, message({ nonsense: 1, $db: 'chatset' })))).toMatchObject({
    ok: 0,
    code: 59,
    codeName: 'CommandNotFound',
  });
});

const seed = seedOfRun();
test(`thousands of damaged frames harm nobody and leave nothing behind (SEED=${seed})`, async () => {
  const random = new Random(seed);
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
  const memory = async (): Promise<number> =>
    ((await database.db.command({ serverStatus: 1 })) as unknown as { mem: { resident: number } }).mem.resident;
  const fuzz = async (): Promise<void> => {
    const socket = await open();
    socket.on('error', () => socket.destroy());
    socket.resume();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    for (let i = 0; i < 20; i += 1) {
      const body = Buffer.from(random.pick(bodies));
      for (let damage = random.below(4); damage >= 0; damage -= 1) body[random.below(body.length)] = random.below(256);
      socket.write(
        frame(
          random.chance(0.95) ? 2013 : random.below(3000),
          random.chance(0.9) ? body : body.subarray(0, random.below(body.length)),
        ),
      );
    }
    socket.end();
    await closed;
  };
  for (let i = 0; i < 20; i += 1) await fuzz();
  const before = await memory();
  for (let i = 0; i < 150; i += 1) await fuzz();
  expect(await memory()).toBeLessThan(before + 150);
  expect(await isAlive()).toBe(true);
}, 60_000);

test('a huge array costs one error at most', async () => {
  const huge = { find: 'fuzz', filter: { a: { $in: Array.from({ length: 200_000 }, (_, i) => i) } }, $db: 'chatset' };
  expect(await answer(frame(2013, message(huge)))).toMatchObject({ ok: 1 });
});

test('a name that comes twice in a nested document is kept as it was sent', async () => {
  const body = message({ insert: 'twice', documents: [{ _id: 1, inner: { first: 1, secon: 2 } }], $db: 'chatset' });
  body.write('first', body.indexOf('secon'));
  expect(await answer(frame(2013, body))).toMatchObject({ ok: 1, n: 1 });
  const [bytes] = (await database.db.collection('twice').find({}, { raw: true }).toArray()) as unknown as Buffer[];
  expect(bytes!.toString('latin1').split('first')).toHaveLength(3);
  expect(await database.db.command({ validate: 'twice' })).toMatchObject({ valid: true });
});
