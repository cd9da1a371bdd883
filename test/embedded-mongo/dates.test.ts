import { Long } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { refusal, startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

async function value(expression: unknown): Promise<unknown> {
  const [doc] = await database.db.aggregate([{ $documents: [{ value: expression }] }]).toArray();
  return doc?.value;
}

const berlin = 'Europe/Berlin';

test.each([
  ['2024-01-31T00:00:00Z', { unit: 'month', amount: 1 }, '2024-02-29T00:00:00Z'],
  ['2024-03-31T00:00:00Z', { unit: 'month', amount: -1 }, '2024-02-29T00:00:00Z'],
  ['2024-02-29T12:30:01.005Z', { unit: 'year', amount: 1 }, '2025-02-28T12:30:01.005Z'],
  ['2023-11-30T00:00:00Z', { unit: 'quarter', amount: 1 }, '2024-02-29T00:00:00Z'],
  ['2024-01-15T00:00:00Z', { unit: 'month', amount: -13 }, '2022-12-15T00:00:00Z'],
  ['1969-12-31T23:59:59Z', { unit: 'week', amount: 1 }, '1970-01-07T23:59:59Z'],
  ['2024-01-30T23:30:00Z', { unit: 'month', amount: 1, timezone: berlin }, '2024-02-28T23:30:00Z'],
  ['2024-03-30T11:00:00Z', { unit: 'day', amount: 1, timezone: berlin }, '2024-03-31T10:00:00Z'],
  ['2024-03-30T11:00:00Z', { unit: 'hour', amount: 24, timezone: berlin }, '2024-03-31T11:00:00Z'],
  ['2024-01-01T00:00:00Z', { unit: 'millisecond', amount: Long.fromNumber(5) }, '2024-01-01T00:00:00.005Z'],
])('$dateAdd: %s and %j is %s', async (from, step, expected) => {
  const startDate = new Date(from);
  expect(await value({ $dateAdd: { startDate, ...step } })).toEqual(new Date(expected));
  const amount = -Number(step.amount);
  expect(await value({ $dateSubtract: { startDate, ...step, amount } })).toEqual(new Date(expected));
});

test.each([
  ['2024-01-31T00:00:00Z', '2024-02-01T00:00:00Z', { unit: 'month' }, 1],
  ['2024-02-01T00:00:00Z', '2024-01-31T00:00:00Z', { unit: 'quarter' }, 0],
  ['2024-04-01T00:00:00Z', '2023-12-31T00:00:00Z', { unit: 'quarter' }, -2],
  ['2024-01-01T00:00:00.900Z', '2024-01-01T00:00:01.100Z', { unit: 'second' }, 1],
  ['2024-01-01T00:00:00.100Z', '2024-01-01T00:00:00.900Z', { unit: 'second' }, 0],
  ['2024-01-01T00:59:59Z', '2024-01-01T01:00:00Z', { unit: 'hour' }, 1],
  ['2024-01-06T00:00:00Z', '2024-01-07T00:00:00Z', { unit: 'week' }, 1],
  ['2024-01-07T00:00:00Z', '2024-01-08T00:00:00Z', { unit: 'week', startOfWeek: 'MON' }, 1],
  ['2024-01-06T00:00:00Z', '2024-01-07T00:00:00Z', { unit: 'week', startOfWeek: 'monday' }, 0],
  ['2023-12-31T22:30:00Z', '2023-12-31T23:30:00Z', { unit: 'year', timezone: berlin }, 1],
  ['2024-03-30T23:00:00Z', '2024-03-31T22:00:00Z', { unit: 'day', timezone: berlin }, 1],
  ['2024-03-31T00:30:00Z', '2024-03-31T01:30:00Z', { unit: 'hour', timezone: berlin }, 1],
])('$dateDiff: from %s to %s with %j is %i', async (...[start, end, options, expected]) => {
  const $dateDiff = { startDate: new Date(start), endDate: new Date(end), ...options };
  expect(await value({ $dateDiff })).toBe(expected);
});

test.each([
  ['2024-05-31T10:20:30Z', { unit: 'month' }, '2024-05-01T00:00:00Z'],
  ['2024-05-31T10:20:30Z', { unit: 'quarter' }, '2024-04-01T00:00:00Z'],
  ['1969-05-31T10:20:30Z', { unit: 'month', binSize: 5 }, '1969-03-01T00:00:00Z'],
  ['2024-05-31T10:20:30Z', { unit: 'week' }, '2024-05-26T00:00:00Z'],
  ['2024-05-31T10:20:30Z', { unit: 'week', startOfWeek: 'friday' }, '2024-05-31T00:00:00Z'],
  ['2024-05-31T10:20:30Z', { unit: 'year', binSize: 10 }, '2020-01-01T00:00:00Z'],
  ['2024-05-31T22:30:00Z', { unit: 'day', timezone: berlin }, '2024-05-31T22:00:00Z'],
  ['2024-05-31T10:20:30Z', { unit: 'hour', timezone: '+05:30' }, '2024-05-31T09:30:00Z'],
  ['2024-05-31T10:20:30.999Z', { unit: 'second', binSize: 7 }, '2024-05-31T10:20:25Z'],
])('$dateTrunc: %s with %j is %s', async (date, options, expected) => {
  expect(await value({ $dateTrunc: { date: new Date(date), ...options } })).toEqual(new Date(expected));
});

test.each([
  [{ $dateAdd: { startDate: 1, unit: 'day', amount: 1 } }, 5166403],
  [{ $dateAdd: { startDate: new Date(), unit: 'age', amount: 1 } }, 9],
  [{ $dateAdd: { startDate: new Date(), unit: 'day', amount: 1.5 } }, 5166405],
  [{ $dateAdd: { startDate: new Date(), unit: 'day' } }, 5166402],
  [{ $dateAdd: { startDate: new Date(), unit: 'year', amount: 1_000_000_000 } }, 159],
  [{ $dateDiff: { startDate: new Date(), endDate: new Date(), unit: 'age' } }, 5439014],
  [{ $dateDiff: { startDate: new Date(), endDate: new Date(), unit: 'week', startOfWeek: 'day' } }, 5439016],
  [{ $dateTrunc: { date: new Date(), unit: 'day', binSize: 0 } }, 5439018],
  [{ $dateTrunc: { date: new Date(), unit: 'day', timezone: 'Nowhere' } }, 40485],
])('%j is refused', async (expression, code) => {
  expect(await refusal(value(expression))).toMatchObject({ code });
});

test('a null gives null', async () => {
  expect(await value({ $dateAdd: { startDate: null, unit: 'day', amount: 1 } })).toBeNull();
  expect(await value({ $dateDiff: { startDate: new Date(), endDate: null, unit: 'day' } })).toBeNull();
  expect(await value({ $dateTrunc: { date: new Date(), unit: 'day', timezone: null } })).toBeNull();
});
