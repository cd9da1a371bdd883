import { fail } from '../errors.js';
import type { Operator, OperatorTable } from './operator.js';

/** The values that one expression may make of one document: 100 MB of MongoDB's, at 16 bytes each. */
const allowance = (100 * 1024 * 1024) / 16;
const bytesAValue = 16;

let left = allowance;

/** Begins the account of an expression, or of a stage of mingo's that computes one for each of its documents. */
export function startBudget(documents = 1): void {
  left = allowance * Math.max(1, documents);
}

/** Puts values that are about to be made on the account. @throws CommandError 146 when they are too many. */
export function spend(values: number): void {
  left -= values;
  if (left < 0) fail('ExceededMemoryLimit', 'The expression makes more than 100 MB of values for one document');
}

/** Puts a text that is about to be made on the account. @throws CommandError 146. */
export function spendText(length: number): void {
  spend(length / bytesAValue);
}

/** What operators make that others than they themselves can make large. */
const makers = new Set([
  '$concat',
  '$concatArrays',
  '$map',
  '$objectToArray',
  '$regexFindAll',
  '$reverseArray',
  '$setUnion',
  '$slice',
  '$sortArray',
  '$split',
  '$toLower',
  '$toString',
  '$toUpper',
  '$zip',
]);

function counted(name: string, run: Operator): Operator {
  if (!makers.has(name)) {
    return (doc, expression, options) => {
      spend(1);
      return run(doc, expression, options);
    };
  }
  return (doc, expression, options) => {
    const made = run(doc, expression, options);
    if (Array.isArray(made)) spend(made.length + 1);
    else if (typeof made === 'string') spendText(made.length);
    return made;
  };
}

/** The operators, each call of which is put on the account: so that no expression takes all the memory, or for ever. */
export function budgeted(operators: OperatorTable): OperatorTable {
  return Object.fromEntries(Object.entries(operators).map(([name, run]) => [name, counted(name, run)]));
}
