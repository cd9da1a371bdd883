import type { Document } from 'mongodb';
import { refusal } from './support/database.js';
import { testSubject } from './support/subject.js';

const subject = {
  _id: 1,
  x: 1,
  n: null,
  l: [1, 2],
  o: { b: 1, 10: 2, 9: 3 },
  pairs: [['a', [1, 2]]],
  kv: [{ k: 'a', v: 1 }],
  level: 1,
  parts: [{ level: 2, in: { level: 9 } }, { level: 9 }, 5],
};

const { fresh, aggregate, evaluate } = testSubject(subject);

test.each<[unknown, unknown]>([
  [{ $mergeObjects: { a: '$zz', x: '$x' } }, { x: 1 }],
  [{ $mergeObjects: ['$o', '$zz', null, { b: 5 }] }, { b: 5, 10: 2, 9: 3 }],
  [{ $mergeObjects: '$zz' }, {}],
  [{ $objectToArray: [{ b: '$x', zz: '$zz' }] }, [{ k: 'b', v: 1 }]],
  [{ $objectToArray: '$n' }, null],
  [{ $arrayToObject: '$pairs' }, { a: [1, 2] }],
  [{ $arrayToObject: ['$kv'] }, { a: 1 }],
  [{ $arrayToObject: [[{ k: 'a', v: '$x' }]] }, { a: 1 }],
  [
    {
      $arrayToObject: {
        $literal: [
          ['b', 1],
          ['a', 2],
        ],
      },
    },
    { b: 1, a: 2 },
  ],
  [{ $reverseArray: ['$l'] }, [2, 1]],
  [{ $concatArrays: '$l' }, [1, 2]],
  [{ $concatArrays: ['$l', [[3]]] }, [1, 2, [3]]],
  [{ $concatArrays: ['$l', '$zz'] }, null],
  [{ $zip: { inputs: [[], '$l'] } }, []],
  [
    { $zip: { inputs: [[null], '$l'], useLongestLength: true, defaults: [7, 8] } },
    [
      [null, 1],
      [7, 2],
    ],
  ],
  [{ $setField: { field: 'b', input: '$o', value: '$zz' } }, { 10: 2, 9: 3 }],
  [{ $setField: { field: 'b', input: '$o', value: { $cond: [true, '$$REMOVE', 1] } } }, { 10: 2, 9: 3 }],
  [{ $setField: { field: { $literal: '$c' }, input: { a: '$x' }, value: { q: '$zz' } } }, { a: 1, $c: {} }],
  [{ $setField: { field: 'c', input: '$n', value: 1 } }, null],
  [{ $unsetField: { field: 'a', input: { a: 1, b: 2 } } }, { b: 2 }],
  [{ $getField: 'x' }, 1],
  [{ $getField: { field: 'x', input: { x: 5 } } }, 5],
  [{ $getField: { field: 'x', input: '$zz' } }, undefined],
  [{ $getField: { field: 'x', input: '$n' } }, null],
  [{ $getField: { field: 'length', input: '$l' } }, undefined],
])('%j is %j', async (expression, expected) => {
  expect(await evaluate(expression)).toEqual(expected);
});

test.each<[unknown, number]>([
  [{ $mergeObjects: ['$l'] }, 40400],
  [{ $mergeObjects: '$x' }, 40400],
  [{ $objectToArray: '$x' }, 40390],
  [{ $objectToArray: ['$o', '$o'] }, 16020],
  [{ $arrayToObject: '$x' }, 40386],
  [{ $arrayToObject: '$l' }, 40398],
  [{ $arrayToObject: [[['a']]] }, 40396],
  [{ $arrayToObject: [[[1, 1]]] }, 40395],
  [{ $arrayToObject: [[['a', 1], { k: 'b', v: 1 }]] }, 40397],
  [{ $arrayToObject: [[{ k: 'b', v: 1 }, ['a', 1]]] }, 40391],
  [{ $arrayToObject: [[{ k: 'b' }]] }, 40392],
  [{ $arrayToObject: [[{ k: 'b', w: 1 }]] }, 40393],
  [{ $arrayToObject: [[{ k: 1, v: 1 }]] }, 40394],
  [{ $arrayToObject: [[['a\0', 1]]] }, 4940400],
  [{ $reverseArray: '$x' }, 34435],
  [{ $concatArrays: ['$l', '$x'] }, 28664],
  [{ $zip: { inputs: 1 } }, 34461],
  [{ $zip: { inputs: [] } }, 34465],
  [{ $zip: { inputs: [[1]], defaults: 1 } }, 34462],
  [{ $zip: { inputs: [[1]], useLongestLength: 1 } }, 34463],
  [{ $zip: { inputs: [[1]], defaults: [1] } }, 34466],
  [{ $zip: { inputs: [[1]], defaults: [1, 2], useLongestLength: true } }, 34467],
  [{ $zip: { inputs: ['$x'] } }, 34468],
  [{ $setField: 1 }, 4161100],
  [{ $setField: { field: 'a', input: {}, value: 1, more: 1 } }, 4161101],
  [{ $setField: { input: {}, value: 1 } }, 4161102],
  [{ $setField: { field: 'a', value: 1 } }, 4161109],
  [{ $setField: { field: 'a', input: {} } }, 4161103],
  [{ $setField: { field: 1, input: {}, value: 1 } }, 4161107],
  [{ $setField: { field: 'a', input: 1, value: 1 } }, 4161105],
  [{ $unsetField: { field: 'a', input: {}, value: 1 } }, 4161101],
  [{ $getField: 1 }, 5654602],
  [{ $covariancePop: ['$x', '$x'] }, 168],
  [{ $push: '$x' }, 168],
  [{ $toHashedIndexKey: '$x' }, 168],
  [{ 'a.b': 1 }, 16412],
])('%j is refused with %d', async (expression, code) => {
  expect(await refusal(evaluate([expression]))).toMatchObject({ code });
});

test('$redact decides on each document within', async () => {
  const pipeline = [
    { $project: { level: 1, parts: 1 } },
    { $redact: { $switch: { branches: [{ case: { $gt: ['$level', 5] }, then: '$$PRUNE' }], default: '$$DESCEND' } } },
  ];
  expect(await aggregate(pipeline)).toEqual([{ _id: 1, level: 1, parts: [{ level: 2 }, 5] }]);
});

test.each<[unknown, unknown]>([
  ['$$KEEP', [subject]],
  ['$$PRUNE', []],
  [{ $cond: [{ $eq: [{ a: '$zz' }, {}] }, '$$KEEP', '$$PRUNE'] }, [subject]],
])('$redact with %j', async (spec, expected) => {
  expect(await aggregate([{ $redact: spec }])).toEqual(expected);
});

test.each<[unknown, number]>([
  ['keep', 17053],
  [{ $nope: 1 }, 168],
  ['$$nope', 17276],
])('$redact with %j is refused with %d', async (spec, code) => {
  expect(await refusal(aggregate([{ $redact: spec }]))).toMatchObject({ code });
});

async function fill(spec: Document): Promise<Document[]> {
  const items = fresh();
  await items.insertMany([
    { t: 1, g: 'a', v: 1 },
    { t: 2, g: 'b', v: 10 },
    { t: 3, g: 'a' },
    { t: 5, g: 'a', v: 9, w: 1 },
    { t: 6, g: 'b', v: null },
  ]);
  return items.aggregate([{ $fill: spec }, { $sort: { t: 1 } }, { $project: { _id: 0, t: 0, g: 0 } }]).toArray();
}

test('$fill gives the last value, a line, or a value', async () => {
  const sortBy = { t: 1 };
  expect(await fill({ sortBy, partitionBy: '$g', output: { v: { method: 'locf' } } })).toEqual([
    { v: 1 },
    { v: 10 },
    { v: 1 },
    { v: 9, w: 1 },
    { v: 10 },
  ]);
  expect(await fill({ sortBy, partitionByFields: ['g'], output: { v: { method: 'linear' } } })).toEqual([
    { v: 1 },
    { v: 10 },
    { v: 5 },
    { v: 9, w: 1 },
    { v: null },
  ]);
  expect(await fill({ output: { w: { value: { t: '$t', zz: '$zz' } } } })).toMatchObject([
    { w: { t: 1 } },
    { w: { t: 2 } },
    { w: { t: 3 } },
    { w: 1 },
    { w: { t: 6 } },
  ]);
});

test.each<[unknown, number]>([
  [1, 9],
  [{}, 40414],
  [{ output: {} }, 6050203],
  [{ output: { v: 1 } }, 6050200],
  [{ output: { v: { method: 'locf', value: 1 } } }, 6050201],
  [{ output: { v: { other: 1 } } }, 40415],
  [{ sortBy: { t: 1 }, output: { v: { method: 'best' } } }, 6050202],
  [{ sortBy: { t: 1 }, partitionBy: '$g', partitionByFields: ['g'], output: { v: { method: 'locf' } } }, 6050204],
  [{ output: { v: { value: { $nope: 1 } } } }, 168],
])('$fill with %j is refused with %d', async (spec, code) => {
  expect(await refusal(fill(spec as Document))).toMatchObject({ code });
});
