import type { Document } from 'mongodb';
import { Decimal128, Double, Int32, Long, ObjectId } from 'mongodb';
import type { Random } from './random.js';
import type { ModelFilter, ModelSort } from './typed-model.js';

const objectIds = [1, 2, 3].map((n) => new ObjectId(String(n).padStart(24, '0')));
const dates = [-5, 0, 5].map((time) => new Date(time));

function number(random: Random): unknown {
  const n = random.below(4) - 1;
  return random.pick<() => unknown>([
    () => new Int32(n),
    () => new Double(n + 0.5),
    () => new Double(n),
    () => Long.fromNumber(n),
    () => Decimal128.fromString(`${n}.0`),
  ])();
}

/** A number of one of the four types, a text, null, a boolean, a date or an ObjectId; few of each, so that they meet. */
export function scalar(random: Random): unknown {
  return random.pick<() => unknown>([
    () => number(random),
    () => number(random),
    () => random.pick(['', 'a', 'B', 'é']),
    () => null,
    () => random.chance(0.5),
    () => random.pick(dates),
    () => random.pick(objectIds),
  ])();
}

function listOrScalar(random: Random): unknown {
  return random.chance(0.3) ? random.many(3, () => scalar(random)) : scalar(random);
}

/** Values that seldom meet, for fields that are unique. */
function seldom(random: Random): unknown {
  return random.chance(0.4) ? scalar(random) : new Int32(100 + random.below(10_000));
}

const fields: Readonly<Record<string, (random: Random) => unknown>> = {
  v: listOrScalar,
  w: scalar,
  u: (random) => (random.chance(0.2) ? random.many(2, () => seldom(random)) : seldom(random)),
  p: seldom,
  kind: (random) => random.pick(['x', 'y']),
  count: (random) => (random.chance(0.8) ? new Int32(random.below(9)) : random.pick(['', null, true])),
  list: (random) => random.many(3, () => ({ k: new Int32(random.below(3)), n: new Int32(random.below(9)) })),
};

/** A document of which each field but `_id` may be missing. */
export function typedDocument(random: Random, id: number): Document {
  const doc: Document = { _id: new Int32(id) };
  for (const [field, make] of Object.entries(fields)) if (random.chance(0.8)) doc[field] = make(random);
  return doc;
}

function condition(random: Random): Document {
  return random.pick<() => Document>([
    () => ({ $eq: scalar(random) }),
    () => ({ $ne: scalar(random) }),
    () => ({ $gt: scalar(random) }),
    () => ({ $gte: scalar(random) }),
    () => ({ $lt: scalar(random) }),
    () => ({ $gte: scalar(random), $lte: scalar(random) }),
    () => ({ $in: random.many(3, () => scalar(random)) }),
    () => ({ $nin: random.many(3, () => scalar(random)) }),
    () => ({ $exists: random.chance(0.5) }),
  ])();
}

export function typedFilter(random: Random): ModelFilter {
  const filter: Record<string, Document> = { [random.pick(['v', 'w', 'u', 'p'])]: condition(random) };
  if (random.chance(0.4)) filter[random.pick(['v', 'w'])] = condition(random);
  if (random.chance(0.3)) filter.kind = { $eq: random.pick(['x', 'y']) };
  return filter;
}

export function typedSort(random: Random): ModelSort {
  const first = random.pick(['v', 'w', 'u', 'p']);
  const second = random.pick(['w', 'kind']);
  const direction = (): 1 | -1 => random.pick([1, -1] as const);
  const middle: ModelSort = second === first ? [] : [[second, direction()]];
  return [[first, direction()], ...middle, ['_id', direction()]];
}

/** An update of one field; some are refused. */
export function typedUpdate(random: Random): Document {
  return random.pick<() => Document>([
    () => {
      const field = random.pick(['v', 'w', 'u', 'p', 'kind']);
      return { $set: { [field]: fields[field]!(random) } };
    },
    () => ({ $unset: { [random.pick(['v', 'w', 'u', 'p', 'kind'])]: '' } }),
    () => ({ $inc: { count: new Int32(random.below(5)) } }),
    () => ({ $push: { v: scalar(random) } }),
    () => ({ $pull: { v: scalar(random) } }),
    () => ({ $set: { _id: new Int32(random.below(5)) } }),
    () => ({ $push: { u: seldom(random) }, $unset: { w: '' } }),
  ])();
}
