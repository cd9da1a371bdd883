import { MongoClient } from 'mongodb';
import { presentError } from '../../src/graphql/present-error.js';
import { freePort } from '../support/redis.js';

describe('the loss of the database', () => {
  let client: MongoClient;
  beforeAll(async () => {
    client = new MongoClient(`mongodb://127.0.0.1:${await freePort()}`, { serverSelectionTimeoutMS: 50 });
  });
  afterAll(() => client.close());

  const rows = () => client.db('chat').collection('messages');

  it.each<[string, () => Promise<unknown>]>([
    ['a read', () => rows().findOne()],
    ['one write', () => rows().insertOne({})],
    ['an ordered bulk write', () => rows().insertMany([{}, {}])],
    ['an unordered bulk write', () => rows().bulkWrite([{ insertOne: { document: {} } }], { ordered: false })],
  ])('that %s meets is told as UNAVAILABLE', async (_what, meet) => {
    const error = await meet().catch((thrown: unknown) => thrown);
    expect(presentError(error)).toMatchObject({ extensions: { code: 'UNAVAILABLE', reason: 'DATABASE' } });
  });
});
