import { fail } from '../errors.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { isDoc, typeAlias } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import type { StageMaker } from './pipeline.js';
import { blocking } from './pipeline.js';

function sizeOf(spec: unknown): number {
  if (!isDoc(spec)) fail(28745, 'the $sample stage specification must be an object');
  const unknown = Object.keys(spec).find((name) => name !== 'size');
  if (unknown !== undefined) fail(28748, `unrecognized option to $sample: ${unknown}`);
  if (!('size' in spec)) fail(28749, '$sample stage must specify a size');
  const { size } = spec;
  if (!isNumeric(size)) fail(28746, `size argument to $sample must be a number, not ${typeAlias(size)}`);
  const whole = Math.trunc(toDouble(size));
  if (whole < 0) fail(28747, 'size argument to $sample must not be negative');
  return whole || 0;
}

/** The first `size` places of the list, each filled by a draw from those not drawn yet. */
function draw(docs: Doc[], size: number): Doc[] {
  const most = Math.min(size, docs.length);
  for (let at = 0; at < most; at += 1) {
    const other = at + Math.floor(Math.random() * (docs.length - at));
    const drawn = docs[other];
    docs[other] = docs[at] ?? {};
    docs[at] = drawn ?? {};
  }
  return docs.slice(0, most);
}

/** The stage `$sample`: so many documents in any order, none of them twice; a fraction is cut off. */
export const sample: StageMaker = (spec) => {
  const size = sizeOf(spec);
  return blocking((docs) => draw(docs, size));
};
