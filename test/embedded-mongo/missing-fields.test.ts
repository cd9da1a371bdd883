import type { Document } from 'mongodb';
import { refusal } from './support/database.js';
import { testSubject } from './support/subject.js';

const subject = { _id: 1, x: 1, n: null, l: [{ k: 1, by: 'a' }, { k: 2 }] };
const literal = { a: '$zz', x: '$x' };
const made = { x: 1 };

const { fresh, aggregate, evaluate } = testSubject(subject);

test.each<[string, unknown, unknown]>([
  ['a branch of $cond', { $cond: [true, literal, null] }, made],
  ['a named branch of $cond', { $cond: { if: true, then: literal, else: null } }, made],
  ['a branch of $switch', { $switch: { branches: [{ case: true, then: literal }] } }, made],
  ['the default of $switch', { $switch: { branches: [{ case: false, then: 1 }], default: literal } }, made],
  ['$ifNull', { $ifNull: ['$zz', literal] }, made],
  ['$let', { $let: { vars: { v: literal, gone: '$zz' }, in: { v: '$$v', gone: '$$gone' } } }, { v: made }],
  ['$map', { $map: { input: '$l', as: 'e', in: { k: '$$e.k', by: '$$e.by' } } }, subject.l],
  [
    '$reduce',
    { $reduce: { input: '$l', initialValue: literal, in: { was: '$$value', by: '$$this.by' } } },
    { was: { was: made, by: 'a' } },
  ],
  ['an operand of $mergeObjects', { $mergeObjects: [{ a: 1 }, literal] }, { a: 1, x: 1 }],
  ['the operand of $objectToArray', { $objectToArray: literal }, [{ k: 'x', v: 1 }]],
  ['a comparison', { $eq: [literal, { $literal: made }] }, true],
  ['an array, which itself has null for what is missing', [literal, '$zz', '$$REMOVE'], [made, null, null]],
  ['a literal in a literal', [{ in: { deep: literal, none: { a: '$zz' } } }], [{ in: { deep: made, none: {} } }]],
  ['$$REMOVE', [{ a: '$$REMOVE', x: { $cond: [true, '$$REMOVE', 1] } }], [{}]],
  ['a value that is null, which stays', [{ a: '$n' }], [{ a: null }]],
  ['$literal, which is not computed', { $literal: { a: '$zz' } }, { a: '$zz' }],
  ['the date of a part, which is named', { $year: { date: new Date(0), timezone: 'UTC' } }, 1970],
])('a literal has no field for a missing value in %s', async (_name, expression, expected) => {
  expect(await evaluate(expression)).toEqual(expected);
});

test.each<[string, unknown]>([
  ['$push', [{}]],
  ['$addToSet', [{}]],
  ['$first', {}],
  ['$last', {}],
  ['$max', {}],
  ['$min', {}],
  ['$mergeObjects', {}],
])('a literal has no field for a missing value in %s of groups and windows', async (name, expected) => {
  const call = { [name]: { a: '$zz' } };
  expect(await aggregate([{ $group: { _id: null, result: call } }])).toEqual([{ _id: null, result: expected }]);
  const window = { sortBy: { _id: 1 }, output: { result: { ...call, window: { documents: [0, 'current'] } } } };
  const [found] = await aggregate([{ $setWindowFields: window }]);
  expect(found?.result).toEqual(expected);
});

test('a literal has no field for a missing value where documents are sorted', async () => {
  const top = { $top: { sortBy: { _id: 1 }, output: literal } };
  expect(await aggregate([{ $group: { _id: null, top } }])).toEqual([{ _id: null, top: made }]);
  const window = {
    partitionBy: literal,
    sortBy: { _id: 1 },
    output: { top, next: { $shift: { by: 0, output: literal } } },
  };
  const [found] = await aggregate([{ $setWindowFields: window }]);
  expect(found).toMatchObject({ next: made });
});

test.each<[string, Document[], Document[]]>([
  ['the key of $group', [{ $group: { _id: { in: literal } } }], [{ _id: { in: made } }]],
  ['$replaceRoot', [{ $replaceRoot: { newRoot: { ...literal, in: literal } } }], [{ x: 1, in: made }]],
  ['$replaceWith', [{ $replaceWith: literal }], [made]],
  [
    '$expr',
    [{ $match: { $expr: { $eq: [literal, { $literal: made }] } } }, { $project: { x: 1 } }],
    [{ _id: 1, x: 1 }],
  ],
])('a literal has no field for a missing value in %s', async (_name, pipeline, expected) => {
  expect(await aggregate(pipeline)).toEqual(expected);
});

test('an update pipeline stores no null for a missing value', async () => {
  const items = fresh();
  await items.insertOne({ ...subject } as never);
  const l = { $map: { input: '$l', as: 'e', in: { k: '$$e.k', by: '$$e.by' } } };
  await items.updateOne({}, [{ $set: { l, pair: [literal] } }]);
  expect(await items.findOne()).toEqual({ ...subject, pair: [made] });
});

test.each(['$chatsetObject', '$chatsetPath', '$chatsetCapture'])('a client may not use %s', async (name) => {
  const pipeline = [{ $match: { $expr: { [name]: 1 } } }];
  expect(await refusal(aggregate(pipeline))).toMatchObject({ code: 168 });
});
