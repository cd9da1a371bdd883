import { fail } from '../errors.js';
import { fieldEntries, fromFields } from '../bson/fields.js';
import type { Doc } from '../bson/types.js';
import { isDoc } from '../bson/types.js';
import type { StageMaker } from './pipeline.js';
import { compileStages } from './pipeline.js';

const methods: Readonly<Record<string, string>> = { locf: '$locf', linear: '$linearFill' };

function windowOf(name: string, method: unknown): Doc {
  const operator = typeof method === 'string' ? methods[method] : undefined;
  return operator === undefined ? fail(6050202, 'Method must be either locf or linear') : { [operator]: `$${name}` };
}

/** What fills each field: a window, or an expression. */
function fillers(output: Doc): { windows: Doc; values: Doc } {
  const windows: [string, unknown][] = [];
  const values: [string, unknown][] = [];
  for (const [name, spec] of fieldEntries(output)) {
    if (!isDoc(spec) || Object.keys(spec).length === 0)
      fail(6050200, 'Each fill output specification must be an object with exactly one field');
    const unknownName = Object.keys(spec).find((key) => key !== 'method' && key !== 'value');
    if (unknownName !== undefined) fail(40415, `BSON field '$fill.${unknownName}' is an unknown field.`);
    if ('method' in spec && 'value' in spec)
      fail(6050201, "Each fill output specification must have exactly one of 'method' or 'value' fields, not both");
    if ('method' in spec) windows.push([name, windowOf(name, spec.method)]);
    else values.push([name, { $ifNull: [`$${name}`, spec.value] }]);
  }
  return { windows: fromFields(windows), values: fromFields(values) };
}

function partitionOf({ partitionBy, partitionByFields }: Doc): Doc {
  if (partitionByFields === undefined) return partitionBy === undefined ? {} : { partitionBy };
  if (partitionBy !== undefined)
    fail(6050204, "Maximum one of 'partitionBy' and 'partitionByFields can be specified in '$fill'");
  if (!Array.isArray(partitionByFields) || !partitionByFields.every((name) => typeof name === 'string'))
    fail('TypeMismatch', "BSON field '$fill.partitionByFields' must be an array of strings");
  return { partitionBy: partitionByFields.map((name) => `$${name}`) };
}

/** The stage `$fill`: windows for what is filled by a method, and fields that are added for what is filled by a value. */
export const fill: StageMaker = (spec, scope) => {
  if (!isDoc(spec)) fail('FailedToParse', 'The $fill stage specification must be an object');
  const { output, sortBy } = spec;
  if (!isDoc(output)) fail(40414, "BSON field '$fill.output' is missing but a required field");
  if (Object.keys(output).length === 0)
    fail(6050203, "The output field in '$fill' must contain an object with at least one element");
  const { windows, values } = fillers(output);
  const order = sortBy === undefined ? {} : { sortBy };
  const stages = [
    ...(Object.keys(windows).length > 0
      ? [{ $setWindowFields: { ...partitionOf(spec), ...order, output: windows } }]
      : []),
    ...(Object.keys(values).length > 0 ? [{ $addFields: values }] : []),
  ];
  return compileStages(stages, scope);
};
