import type { Document } from 'mongodb';
import { Long } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { refusal, startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

const docs = [
  { _id: 1, t: 1, g: 'a', v: 1 },
  { _id: 2, t: 2, g: 'b', v: 5 },
  { _id: 3, t: 3, g: 'a', v: 2 },
  { _id: 4, t: 3, g: 'a', v: 4 },
];

async function windows(spec: unknown): Promise<unknown[]> {
  const items = database.fresh();
  await items.insertMany(docs as never[]);
  const found = await items.aggregate([{ $setWindowFields: spec as Document }, { $sort: { _id: 1 } }]).toArray();
  return found.map(({ r }) => r as unknown);
}

const sortBy = { t: 1 };
const sum = (window: unknown): Document => ({ r: { $sum: '$v', window } });

test.each<[Document, unknown[]]>([
  [{ output: { r: { $sum: '$v' } } }, [12, 12, 12, 12]],
  [{ output: sum({}) }, [12, 12, 12, 12]],
  [{ output: sum({ documents: ['unbounded', 'unbounded'] }) }, [12, 12, 12, 12]],
  [{ partitionBy: '$g', sortBy, output: sum({ documents: ['unbounded', 'current'] }) }, [1, 5, 3, 7]],
  [{ sortBy, output: sum({ documents: [Long.fromNumber(-1), { $add: [0, 1] }] }) }, [6, 8, 11, 6]],
  [{ sortBy, output: sum({ range: [-1, 0] }) }, [1, 6, 11, 11]],
  [{ sortBy, output: sum({ range: [Long.fromNumber(0), 'current'] }) }, [1, 5, 2, 6]],
  [{ output: { r: { $first: '$v' } } }, [1, 1, 1, 1]],
  [{ sortBy, output: { r: { $rank: {} } } }, [1, 2, 3, 3]],
  [{ sortBy, output: { r: { $denseRank: {} } } }, [1, 2, 3, 3]],
  [{ sortBy, output: { r: { $documentNumber: {} } } }, [1, 2, 3, 4]],
  [{ sortBy, output: { r: { $shift: { output: '$v', by: 1, default: 0 } } } }, [5, 2, 4, 0]],
  [{ sortBy: { t: -1, _id: 1 }, output: sum({ documents: [0, 1] }) }, [1, 6, 6, 9]],
])('windows of %j', async (spec, expected) => {
  expect(await windows(spec)).toEqual(expected);
});

const by = (output: unknown, sort: Document = sortBy): Document => ({ sortBy: sort, output: { r: output } });

test.each<[string, unknown, number]>([
  ['a specification that is none', 1, 9],
  ['no output', { sortBy }, 40414],
  ['an unknown field', { sortBy, output: {}, group: 1 }, 40415],
  ['two outputs in one place', { output: { r: { $sum: 1 }, 'r.a': { $sum: 1 } } }, 6307900],
  ['an output that is no object', by(1), 9],
  ['no function', by({ sum: '$v' }), 9],
  ['an unknown function', by({ $summ: '$v' }), 9],
  ['a function that MongoDB does not have', by({ $minMaxScaler: { input: '$v' } }), 9],
  ['two functions', by({ $sum: '$v', $max: '$v' }), 9],
  ['an unknown argument', by({ $sum: '$v', windoww: {} }), 9],
  ['an unknown operator in an argument', by({ $sum: { $nope: 1 } }), 168],
  ['an unknown variable', { partitionBy: '$$nope', output: {} }, 17276],
  ['a window that is no object', { sortBy, output: sum(1) }, 9],
  ['both kinds of bounds', { sortBy, output: sum({ documents: [0, 1], range: [0, 1] }) }, 9],
  ['a unit without a range', { sortBy, output: sum({ unit: 'day' }) }, 9],
  ['a unit with documents', { sortBy, output: sum({ documents: [0, 1], unit: 'day' }) }, 9],
  ['other fields', { sortBy, output: sum({ rows: [0, 1] }) }, 9],
  ['bounds that are no pair', { sortBy, output: sum({ documents: [0] }) }, 9],
  ['a bound that is another text', { sortBy, output: sum({ documents: ['first', 1] }) }, 9],
  ['a bound that is no whole number', { sortBy, output: sum({ documents: [0, 1.5] }) }, 9],
  ['a range that is no number', { sortBy, output: sum({ range: [0, null] }) }, 9],
  ['a range of time that is no whole number', { sortBy, output: sum({ range: [0, 1.5], unit: 'day' }) }, 9],
  ['an unknown unit', { sortBy, output: sum({ range: [0, 1], unit: 'age' }) }, 9],
  ['a unit that is no text', { sortBy, output: sum({ range: [0, 1], unit: 1 }) }, 9],
  ['bounds that are reversed', { sortBy, output: sum({ documents: [1, -1] }) }, 5339900],
  ['bounds behind the current document', { sortBy, output: sum({ documents: ['current', -1] }) }, 5339900],
  ['a range that is reversed', { sortBy, output: sum({ range: [1, 0] }) }, 5339900],
  ['documents without a sort', { output: sum({ documents: [0, 1] }) }, 5339901],
  ['a range without a sort', { output: sum({ range: [0, 1] }) }, 5339902],
  ['a range with two fields to sort by', { sortBy: { t: 1, v: 1 }, output: sum({ range: [0, 1] }) }, 5339902],
  ['a range that descends', { sortBy: { t: -1 }, output: sum({ range: [0, 1] }) }, 8947401],
  ['a rank with a window', by({ $rank: {}, window: {} }), 5371601],
  ['a rank without a sort', { output: { r: { $rank: {} } } }, 5371602],
  ['a rank by two fields', by({ $denseRank: {} }, { t: 1, v: 1 }), 5371602],
  ['a rank of something', by({ $documentNumber: '$v' }), 5371603],
  ['$shift without a sort', { output: { r: { $shift: { output: '$v', by: 1 } } } }, 9],
  ['$shift without an output', by({ $shift: { by: 1 } }), 9],
  ['$shift by half', by({ $shift: { output: '$v', by: 0.5 } }), 9],
  ['$shift with another argument', by({ $shift: { output: '$v', by: 1, to: 1 } }), 9],
  ['$shift with a window', by({ $shift: { output: '$v', by: 1 }, window: {} }), 9],
  ['$expMovingAvg of N and alpha', by({ $expMovingAvg: { input: '$v', N: 1, alpha: 0.5 } }), 9],
  ['$expMovingAvg of N = 0', by({ $expMovingAvg: { input: '$v', N: 0 } }), 9],
  ['$expMovingAvg of alpha = 1', by({ $expMovingAvg: { input: '$v', alpha: 1 } }), 9],
  ['$expMovingAvg without a sort', { output: { r: { $expMovingAvg: { input: '$v', N: 1 } } } }, 9],
  ['$derivative without a window', by({ $derivative: { input: '$v' } }), 9],
  ['$integral by two fields', by({ $integral: { input: '$v' } }, { t: 1, v: 1 }), 9],
  ['$integral without an input', by({ $integral: {} }), 9],
  ['$integral in months', by({ $integral: { input: '$v', unit: 'month' } }), 5490710],
  ['$linearFill without a sort', { output: { r: { $linearFill: '$v' } } }, 605001],
  ['$locf with a window', by({ $locf: '$v', window: {} }), 9],
])('%s is refused before anything is read', async (_name, spec, code) => {
  const missing = database.db.collection('missing');
  expect(await refusal(missing.aggregate([{ $setWindowFields: spec as Document }]).toArray())).toMatchObject({ code });
});
