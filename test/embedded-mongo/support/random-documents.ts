import type { Document } from 'mongodb';
import type { Random } from './random.js';

const words = ['ant', 'bee', 'cat', 'dog', 'eel'];

/** A document with numbers, strings, nulls, missing fields, arrays and nested documents. */
export function randomDocument(random: Random, id: number): Document {
  const doc: Document = { _id: id, b: random.below(10), n: { x: random.below(6) } };
  if (random.chance(0.85)) doc.a = random.pick([null, random.below(8), random.below(8), random.pick(words)]);
  if (random.chance(0.8)) doc.tags = random.many(3, () => random.pick(words));
  if (random.chance(0.7)) doc.items = random.many(3, () => ({ k: random.below(5), v: random.below(5) }));
  return doc;
}

function condition(random: Random): Document {
  const number = random.below(9);
  return random.pick<() => Document>([
    () => ({ a: random.pick([number, random.pick(words), null]) }),
    () => ({ a: { $gt: number } }),
    () => ({ a: { $gte: number, $lt: number + 3 } }),
    () => ({ a: { $in: [number, random.pick(words), number + 1] } }),
    () => ({ b: number }),
    () => ({ b: { $lte: number } }),
    () => ({ b: { $ne: number } }),
    () => ({ a: { $exists: random.chance(0.5) } }),
    () => ({ tags: random.pick(words) }),
    () => ({ tags: { $in: [random.pick(words), random.pick(words)] } }),
    () => ({ 'n.x': { $in: [number % 6, (number + 2) % 6] } }),
    () => ({ 'n.x': number % 6 }),
    () => ({ 'items.k': number % 5 }),
    () => ({ items: { $elemMatch: { k: number % 5, v: { $gt: 1 } } } }),
    () => ({ tags: { $size: number % 4 } }),
    () => ({ 'items.k': number % 5, 'items.v': { $lt: 2 } }),
    () => ({ a: { $nin: [number, random.pick(words), null] } }),
    () => ({ a: { $not: { $gt: number } } }),
    () => ({ a: { $gte: random.pick(words) } }),
    () => ({ a: { $regex: `^${random.pick(['a', 'be', 'cat', '[de]'])}` } }),
    () => ({ a: { $type: random.pick(['number', 'string', 'null']) } }),
    () => ({ b: { $mod: [3, number % 3] } }),
    () => ({ b: { $gte: 5 }, tags: random.pick(words) }),
    () => ({ b: { $in: [number, number + 1] }, _id: { $gt: number * 10 } }),
    () => ({ tags: { $all: [random.pick(words), random.pick(words)] } }),
    () => ({ tags: { $nin: [random.pick(words)] } }),
    () => ({ tags: { $gte: random.pick(words), $lt: random.pick(words) } }),
    () => ({ tags: { $elemMatch: { $gte: random.pick(words), $lt: random.pick(words) } } }),
    () => ({ 'n.x': { $gt: number % 6 }, a: number }),
    () => ({ 'items.v': { $exists: random.chance(0.5) } }),
    () => ({ $nor: [{ b: { $lt: number } }, { tags: random.pick(words) }] }),
  ])();
}

/** A filter of one or more conditions, some of them alternatives. */
export function randomFilter(random: Random): Document {
  if (random.chance(0.2)) return { $or: [condition(random), { ...condition(random), ...condition(random) }] };
  if (random.chance(0.1)) return { $and: [condition(random), condition(random)] };
  return random.chance(0.5) ? condition(random) : { ...condition(random), ...condition(random) };
}

/** An update with operators. */
export function randomUpdate(random: Random): Document {
  return random.pick<() => Document>([
    () => ({ $set: { a: random.pick([random.below(8), random.pick(words), null]) } }),
    () => ({ $inc: { b: random.below(3) - 1 }, $set: { 'n.x': random.below(6) } }),
    () => ({ $unset: { a: '' } }),
    () => ({ $set: { tags: random.many(3, () => random.pick(words)) } }),
    () => ({ $set: { items: random.many(2, () => ({ k: random.below(5), v: random.below(5) })) } }),
    () => ({ $max: { b: random.below(10) } }),
    () => ({ $min: { 'n.x': random.below(6) } }),
    () => ({ $mul: { 'n.x': random.below(2) } }),
    () => ({ $addToSet: { tags: random.pick(words) } }),
    () => ({ $push: { tags: { $each: [random.pick(words)], $position: 0, $slice: 3 } } }),
    () => ({ $pull: { tags: random.pick(words) } }),
    () => ({ $pull: { items: { k: { $gte: random.below(5) } } } }),
    () => ({ $pop: { tags: random.pick([1, -1]) } }),
    () => ({ $rename: { a: 'was' } }),
    () => ({ $set: { 'n.deep': { x: random.below(3) } }, $unset: { was: '' } }),
  ])();
}
