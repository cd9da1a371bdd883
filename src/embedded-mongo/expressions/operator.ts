import type { AnyObject, Options } from 'mingo/types';
import { fail } from '../errors.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { evalExpr } from './mingo.js';

/** An operator as mingo calls it. */
export type Operator = (doc: AnyObject, expression: unknown, options: Options) => unknown;

/** Operators by their names. */
export type OperatorTable = Readonly<Record<string, Operator>>;

/** The values of an operator's arguments; a single one may stand without an array. */
export function argumentsOf(doc: AnyObject, expression: unknown, options: Options): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(expression) ? expression : [expression];
  return list.map((item) => evalExpr(doc, item, options));
}

/** How many arguments an operator takes. */
export interface Arity {
  readonly least: number;
  readonly most: number;
}

/** An operator of values: `run` is given what its arguments come to. @throws CommandError 16020 or 28667 for another number of them. */
export function operator(name: string, { least, most }: Arity, run: (values: readonly unknown[]) => unknown): Operator {
  return (doc, expression, options) => {
    const values = argumentsOf(doc, expression, options);
    if (values.length < least || values.length > most) wrongArity(name, { least, most }, values.length);
    return run(values);
  };
}

function wrongArity(name: string, { least, most }: Arity, given: number): never {
  return least === most
    ? fail(16020, `Expression ${name} takes exactly ${least} arguments. ${given} were passed in.`)
    : fail(
        28667,
        `Expression ${name} takes at least ${least} arguments, and at most ${most}, but ${given} were passed in.`,
      );
}

/** An operator of one value that gives null for null and for a missing one. */
export function unary(name: string, run: (value: unknown) => unknown): Operator {
  return operator(name, { least: 1, most: 1 }, ([value]) => (isNullish(value) ? null : run(value)));
}

/** An operator whose arguments have names. */
export function withNames(name: string, run: (values: Doc) => unknown): Operator {
  return (doc, expression, options) => {
    if (!isDoc(expression)) fail('FailedToParse', `${name} only supports an object as its argument`);
    const entries = Object.entries(expression).map(([key, item]) => [key, evalExpr(doc, item, options)] as const);
    return run(Object.fromEntries(entries));
  };
}

/** True for null and for a missing value. */
export function isNullish(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
