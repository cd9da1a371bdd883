import { once } from 'node:events';
import type { Socket } from 'node:net';
import { BSON } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { startTestDatabase } from './support/database.js';
import { Conversation, frame, message, openWire } from './support/wire.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

const open = async (): Promise<Socket> => openWire(database.mongo.uri);

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
  ['a length of zero', () => frame(2013, message(ping), { length: 0 })],
  ['a negative length', () => frame(2013, message(ping), { length: -5 })],
  ['a length over 48 MB', () => frame(2013, message(ping), { length: 50_000_000 })],
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

test('behind a message that is broken the connection goes on', async () => {
  const insert = (id: number): Buffer => message({ insert: 'behind', documents: [{ _id: id }], $db: 'chatset' });
  const cut = insert(1).subarray(0, -3);
  const lying = insert(2);
  lying.writeInt32LE(5000, 5);
  const unanswered = message(ping, 2).subarray(0, -1);
  const conversation = new Conversation(await open());
  for (const [id, body] of [cut, lying, unanswered, message(ping), message({ ping: 1 }), insert(3)].entries())
    conversation.send(frame(2013, body, { id }));
  expect(await conversation.replies(5)).toMatchObject([
    { to: 0, body: { ok: 0 } },
    { to: 1, body: { ok: 0 } },
    { to: 3, body: { ok: 1 } },
    { to: 4, body: { ok: 0, code: 40571 } },
    { to: 5, body: { ok: 1, n: 1 } },
  ]);
  conversation.end();
  expect(await database.db.collection('behind').find().toArray()).toEqual([{ _id: 3 }]);
});

test('behind a message of an unknown kind nothing is carried out', async () => {
  const insert = message({ insert: 'unknown-kind', documents: [{ _id: 1 }], $db: 'chatset' });
  const conversation = new Conversation(await open());
  conversation.send(Buffer.concat([frame(1234, message(ping), { id: 1 }), frame(2013, insert, { id: 2 })]));
  expect(await conversation.replies(2)).toMatchObject([{ to: 1, body: { ok: 0 } }]);
  expect(await database.db.collection('unknown-kind').countDocuments()).toBe(0);
});

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
