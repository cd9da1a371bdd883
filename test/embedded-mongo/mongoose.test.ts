import mongoose, { Schema } from 'mongoose';
import type { TestDatabase } from './support/database.js';
import { refusal, startTestDatabase } from './support/database.js';

let database: TestDatabase;
let connection: mongoose.Connection;
beforeAll(async () => {
  database = await startTestDatabase();
  connection = await mongoose.createConnection(database.mongo.uri).asPromise();
});
afterAll(async () => {
  await connection.close();
  await database.stop();
});

const messageSchema = new Schema(
  {
    conversationId: Schema.Types.ObjectId,
    seq: Number,
    text: String,
    tags: [String],
    author: { name: String, age: Number },
  },
  { timestamps: true },
);
messageSchema.index({ conversationId: 1, seq: 1 }, { unique: true });

describe('Mongoose', () => {
  test('makes its indexes and changes them with syncIndexes', async () => {
    const Message = connection.model('Message', messageSchema, 'synced');
    await Message.init();
    expect(Object.keys(await Message.collection.indexInformation())).toEqual(['_id_', 'conversationId_1_seq_1']);
    await Message.collection.createIndex({ text: 1 });
    expect(await Message.syncIndexes()).toEqual(['text_1']);
  });

  test('inserts, finds, updates and aggregates', async () => {
    const Message = connection.model('Message2', messageSchema, 'messages');
    await Message.init();
    const conversationId = new mongoose.Types.ObjectId();
    await Message.insertMany(
      Array.from({ length: 5 }, (_, seq) => ({ conversationId, seq, text: `m${seq}`, tags: ['t'] })),
    );
    const page = await Message.find({ conversationId, seq: { $gt: 1 } })
      .sort({ seq: -1 })
      .limit(2)
      .lean();
    expect(page.map(({ seq }) => seq)).toEqual([4, 3]);
    const updated = await Message.findOneAndUpdate(
      { conversationId, seq: 0 },
      { $addToSet: { tags: 'u' } },
      { returnDocument: 'after' },
    );
    expect(updated?.tags).toEqual(['t', 'u']);
    expect(updated!.updatedAt.getTime()).toBeGreaterThanOrEqual(updated!.createdAt.getTime());
    const grouped = await Message.aggregate([
      { $unwind: '$tags' },
      { $group: { _id: '$tags', n: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ]);
    expect(grouped).toEqual([
      { _id: 't', n: 5 },
      { _id: 'u', n: 1 },
    ]);
    expect(await refusal(Message.create({ conversationId, seq: 1 }))).toMatchObject({
      code: 11000,
      keyPattern: { conversationId: 1, seq: 1 },
    });
  });

  test('saves, versions and removes documents', async () => {
    const Message = connection.model('Message3', messageSchema, 'saved');
    const message = await Message.create({ seq: 1, tags: ['a', 'b'], author: { name: 'Ana', age: 30 } });
    (message.tags as unknown as mongoose.Types.Array<string>).pull('a');
    message.author!.age = 31;
    await message.save();
    const found = await Message.findById(message._id).orFail();
    expect([...found.tags]).toEqual(['b']);
    expect(found.author?.age).toBe(31);
    await found.deleteOne();
    expect(await Message.exists({ _id: message._id })).toBeNull();
  });

  test('populates references', async () => {
    const Author = connection.model('Author', new Schema({ name: String }));
    const Post = connection.model(
      'Post',
      new Schema({ author: { type: Schema.Types.ObjectId, ref: 'Author' }, likes: Map }),
    );
    const ana = await Author.create({ name: 'Ana' });
    await Post.create({ author: ana._id, likes: new Map([['x', 1]]) });
    const post = await Post.findOne().populate<{ author: { name: string } }>('author').orFail();
    expect(post.author.name).toBe('Ana');
  });

  test('is refused a transaction, and nothing of it is written', async () => {
    const Message = connection.model('Message4', messageSchema, 'transacted');
    await Message.init();
    const transaction = connection.transaction(async (session) => {
      await new Message({ seq: 1 }).save({ session });
    });
    expect(await refusal(transaction)).toMatchObject({ originalError: { code: 20 } });
    expect(await Message.countDocuments()).toBe(0);
  });

  test('saves many documents at once, each with what has changed', async () => {
    const Message = connection.model('Message5', messageSchema, 'bulk');
    const messages = [1, 2, 3].map((seq) => new Message({ seq, text: 'first' }));
    await Message.bulkSave(messages);
    messages[1]!.text = 'second';
    await Message.bulkSave(messages);
    const found = await Message.find().sort({ seq: 1 }).lean();
    expect(found.map(({ text }) => text)).toEqual(['first', 'second', 'first']);
  });

  test('keeps discriminators apart', async () => {
    const Event = connection.model('Event', new Schema({ at: Number }, { discriminatorKey: 'kind' }));
    const Join = Event.discriminator('Join', new Schema({ member: String }));
    const Leave = Event.discriminator('Leave', new Schema({ reason: String }));
    await Join.create([
      { at: 1, member: 'Ana' },
      { at: 3, member: 'Bo' },
    ]);
    await Leave.create({ at: 2, reason: 'sleep' });
    expect((await Join.find().sort({ at: 1 })).map(({ member }) => member)).toEqual(['Ana', 'Bo']);
    const [, second] = await Event.find().sort({ at: 1 });
    expect(second).toBeInstanceOf(Leave);
  });

  test('goes through a cursor and an aggregation cursor', async () => {
    const Count = connection.model('Count', new Schema({ n: Number }));
    await Count.insertMany(Array.from({ length: 250 }, (_, n) => ({ n })));
    let sum = 0;
    for await (const { n } of Count.find().sort({ n: 1 }).cursor({ batchSize: 20 })) sum += n!;
    expect(sum).toBe((249 * 250) / 2);
    const seen: number[] = [];
    const large = Count.aggregate<{ n: number }>([{ $match: { n: { $gte: 240 } } }, { $sort: { n: -1 } }]);
    await large.cursor({ batchSize: 3 }).eachAsync((doc: { n: number }) => seen.push(doc.n));
    expect(seen).toEqual([249, 248, 247, 246, 245, 244, 243, 242, 241, 240]);
  });
});
