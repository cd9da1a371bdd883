import { fromFields } from '../bson/fields.js';
import { evalExpr } from './mingo.js';
import type { Operator } from './operator.js';

/** The operator that stands for an object literal in a prepared expression. */
export const objectOperator = '$chatsetObject';

/** The expressions of a literal's fields, in their order. */
export type ObjectFields = readonly (readonly [string, unknown])[];

/** Makes the object of a literal: a field whose value is missing is left out. */
export const makeObject: Operator = (doc, fields, options) =>
  fromFields(
    (fields as ObjectFields)
      .map(([name, expression]) => [name, evalExpr(doc, expression, options)] as const)
      .filter(([, value]) => value !== undefined),
  );
