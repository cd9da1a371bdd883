import type { Document } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { refusal, startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

describe('projections of find', () => {
  const doc = { _id: 1, a: 1, b: { c: 2, d: 3 }, list: [{ k: 1, v: 'x' }, { k: 2, v: 'y' }, 5] };
  test.each<[string, Document, Document, Document]>([
    ['inclusion', { a: 1, 'b.c': 1 }, {}, { _id: 1, a: 1, b: { c: 2 } }],
    ['exclusion', { b: 0, 'list.v': 0 }, {}, { _id: 1, a: 1, list: [{ k: 1 }, { k: 2 }, 5] }],
    ['inclusion through arrays', { 'list.k': 1, _id: 0 }, {}, { list: [{ k: 1 }, { k: 2 }] }],
    ['$slice', { list: { $slice: -1 }, b: 0 }, {}, { _id: 1, a: 1, list: [5] }],
    ['$elemMatch', { list: { $elemMatch: { k: 2 } } }, {}, { _id: 1, list: [{ k: 2, v: 'y' }] }],
    ['the element that was found', { 'list.$': 1 }, { 'list.k': 2 }, { _id: 1, list: [{ k: 2, v: 'y' }] }],
    [
      'only the _id left out',
      { _id: 0 },
      {},
      { a: 1, b: { c: 2, d: 3 }, list: [{ k: 1, v: 'x' }, { k: 2, v: 'y' }, 5] },
    ],
    ['only the _id', { _id: 1 }, {}, { _id: 1 }],
    ['a nested form', { _id: 0, b: { d: 1 } }, {}, { b: { d: 3 } }],
    ['$slice with a skip', { list: { $slice: [1, 1] }, b: 0, a: 0 }, {}, { _id: 1, list: [{ k: 2, v: 'y' }] }],
    ['$slice from the end', { list: { $slice: [-2, 1] }, b: 0, a: 0 }, {}, { _id: 1, list: [{ k: 2, v: 'y' }] }],
    ['literals and renames', { _id: 0, was: '$a', one: { $literal: 1 } }, {}, { was: 1, one: 1 }],
    ['a field that is not there', { none: 1, 'b.none': 1 }, {}, { _id: 1, b: {} }],
    ['expressions', { sum: { $add: ['$a', '$b.c'] }, _id: 0 }, {}, { sum: 3 }],
  ])('%s', async (...[, projection, filter, expected]) => {
    const items = database.fresh();
    await items.insertOne({ ...doc } as never);
    expect(await items.findOne(filter, { projection })).toEqual(expected);
  });

  test.each<[string, Document, number]>([
    ['inclusion after exclusion', { a: 0, b: 1 }, 31253],
    ['exclusion after inclusion', { a: 1, b: 0 }, 31254],
    ['a positional path that the query does not name', { 'list.$': 1 }, 51246],
    ['an operator that is none', { a: { $nonsense: 1 } }, 31325],
    ['an empty path', { '': 1 }, 40352],
    ['a path twice', { b: 1, 'b.c': 1 }, 31249],
  ])('%s is refused', async (...[, projection, code]) => {
    const items = database.fresh();
    await items.insertOne({ ...doc } as never);
    expect(await refusal(items.findOne({}, { projection }))).toMatchObject({ code });
  });
});
