import type { Document } from 'mongodb';
import { BSON, Decimal128, Double, Long, Timestamp } from 'mongodb';
import { refusal } from './support/database.js';
import { testSubject } from './support/subject.js';

const { EJSON } = BSON;

const subject = {
  _id: 1,
  i: 7,
  d: 2.5,
  dec: Decimal128.fromString('1.10'),
  s: 'héllo',
  a: [1, 2, 3],
  at: new Date('1969-07-20T20:17:40.123Z'),
  n: null,
  deep: [{ b: 1 }, 2, [{ b: 3 }], {}],
};

const { evaluate } = testSubject(subject, { promoteValues: false });

/** The value with its types, as MongoDB's extended JSON writes it. */
function typed(value: unknown): string {
  return EJSON.stringify({ value }, { relaxed: false });
}

const whole = (value: number): Double => new Double(value);

test.each<[string, unknown, unknown]>([
  ['a quotient of integers is a double', { $divide: ['$i', 7] }, whole(1)],
  ['a quotient with a decimal is exact', { $divide: ['$dec', 2] }, Decimal128.fromString('0.55')],
  ['a remainder keeps the type', { $mod: [-7, 4] }, -3],
  ['rounding keeps the type', { $ceil: '$d' }, whole(3)],
  ['halves go to the even number', { $round: [-2.5] }, whole(-2)],
  ['rounding behind the point', { $round: [1234.567, 2] }, 1234.57],
  ['rounding before the point', { $round: [1250, -2] }, 1200],
  ['$trunc of a single argument', { $trunc: '$d' }, whole(2)],
  ['a root is a double', { $sqrt: 16 }, whole(4)],
  ['a power of integers is one', { $pow: [2, 10] }, 1024],
  ['a power in 64 bits', { $pow: [2, 62] }, Long.fromString('4611686018427387904')],
  ['a power beyond 64 bits', { $pow: [2, 64] }, whole(2 ** 64)],
  ['the absolute value of a double', { $abs: -2.5 }, 2.5],
  ['dates differ by a 64 bit number', { $subtract: ['$at', '$at'] }, Long.ZERO],
  ['an average is a double', { $avg: '$a' }, whole(2)],
  ['a sum of numbers and a list leaves out the list', { $sum: ['$a', 1] }, 1],
  ['the highest of a number and a list is the list', { $max: [[1], 5] }, [1]],
  ['a deviation', { $stdDevPop: [1, 3] }, whole(1)],
  ['letters beyond ASCII stay as they are', { $toUpper: '$s' }, 'HéLLO'],
  ['null in capitals is empty', { $toUpper: '$n' }, ''],
  ['a substring without an end', { $substr: ['$s', 3, -1] }, 'llo'],
  ['positions in code points', { $indexOfCP: ['$s', 'l'] }, 2],
  ['positions in bytes', { $indexOfBytes: ['$s', 'l'] }, 3],
  [
    'a regular expression with a group',
    { $regexFind: { input: '$s', regex: /l(l)/ } },
    { match: 'll', idx: 2, captures: ['l'] },
  ],
  ['a missing value has the type missing', { $type: '$nowhere' }, 'missing'],
  ['the week of a Sunday', { $week: '$at' }, 29],
  ['the ISO week of a Sunday', { $isoWeek: '$at' }, 29],
  ['the hour in a zone', { $hour: { date: '$at', timezone: 'America/Argentina/Buenos_Aires' } }, 16],
  [
    'parts of a date in their order',
    { $dateToParts: { date: '$at' } },
    { year: 1969, month: 7, day: 20, hour: 20, minute: 17, second: 40, millisecond: 123 },
  ],
  ['a date of parts', { $dateFromParts: { year: 2020, month: 2 } }, new Date('2020-02-01T00:00:00Z')],
  ['a date of parts out of range', { $dateFromParts: { year: 2020, month: 14 } }, new Date('2021-02-01T00:00:00Z')],
  ['a date of ISO parts', { $dateFromParts: { isoWeekYear: 2020 } }, new Date('2019-12-30T00:00:00Z')],
  [
    'a date of parts in a zone',
    { $dateFromParts: { year: 2026, month: 7, timezone: 'Europe/Berlin' } },
    new Date('2026-06-30T22:00:00Z'),
  ],
  [
    'every letter of a format',
    { $dateToString: { date: '$at', format: '%Y %m %d %H %M %S %L %j %w %u %U %V %G %b %B %z %Z %%' } },
    '1969 07 20 20 17 40 123 201 1 7 29 29 1969 Jul July +0000 +000 %',
  ],
  [
    'a difference of dates is a 64 bit number',
    { $dateDiff: { startDate: '$at', endDate: '$at', unit: 'day' } },
    Long.ZERO,
  ],
  ['a zero of any type is not true', { $cond: [new Double(0), 'yes', 'no'] }, 'no'],
  ['neither in $and and $or', { $or: [{ $and: [new Double(0)] }, Long.ZERO] }, false],
  ['nor in lists', { $anyElementTrue: [[new Double(0)]] }, false],
  ['a range to a 64 bit number', { $range: [new Double(0), Long.fromNumber(3)] }, [0, 1, 2]],
  ['a slice of a double size', { $slice: ['$a', new Double(2)] }, [1, 2]],
  ['a filter with a limit', { $filter: { input: '$a', cond: { $gt: ['$$this', 1] }, limit: Long.fromNumber(1) } }, [2]],
  [
    'numbers of all types sorted',
    { $sortArray: { input: [new Double(3), Long.fromNumber(1), 2], sortBy: 1 } },
    [Long.fromNumber(1), 2, new Double(3)],
  ],
  ['bits of 64 bit numbers', { $bitAnd: [Long.fromNumber(6), 3] }, Long.fromNumber(2)],
  ['a median is a double', { $median: { input: '$a', method: 'approximate' } }, whole(2)],
  ['the greatest ones', { $maxN: { input: [new Double(3), Long.fromNumber(1), 2], n: 2 } }, [new Double(3), 2]],
  ['a path takes the documents of an array', '$deep.b', [1]],
  ['a number in a path is a name', '$a.0', []],
  ['the size of a text', { $binarySize: '$s' }, 6],
  ['the seconds of a timestamp', { $tsSecond: new Timestamp({ t: 5, i: 1 }) }, Long.fromNumber(5)],
])('%s', async (...[, expression, expected]) => {
  expect(typed(await evaluate(expression))).toBe(typed(expected));
});

test.each<[string, Document, number]>([
  ['a division by zero', { $divide: [1, 0] }, 2],
  ['a remainder of zero', { $mod: [1, 0] }, 16610],
  ['a root of a negative number', { $sqrt: -1 }, 28714],
  ['arithmetic on a text', { $ceil: '$s' }, 28765],
  ['the size of a text as of a list', { $size: '$s' }, 17124],
  ['an element of a text', { $arrayElemAt: ['$s', 0] }, 28689],
  ['a text and a number put together', { $concat: ['$s', 1] }, 16702],
  ['a switch without a branch that fits', { $switch: { branches: [{ case: false, then: 1 }] } }, 40066],
  ['a range without steps', { $range: [0, 3, 0] }, 34449],
  ['a slice of nothing', { $slice: ['$a', 1, 0] }, 28729],
  ['a condition without its end', { $cond: { if: true, then: 1 } }, 17082],
  ['too many arguments', { $subtract: [1, 2, 3] }, 16020],
  ['a zone that is none', { $hour: { date: '$at', timezone: 'Nowhere/Land' } }, 40485],
  ['a letter that is no format', { $dateToString: { date: '$at', format: '%q' } }, 18536],
])('%s is refused', async (...[, expression, code]) => {
  const { code: given } = await refusal(evaluate(expression));
  expect(Number(given)).toBe(code);
});
