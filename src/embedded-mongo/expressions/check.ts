import { fail } from '../errors.js';
import { isDoc } from '../bson/types.js';
import { knowsOperator, scripts } from './context.js';

const systemVariables = new Set([
  'ROOT',
  'CURRENT',
  'REMOVE',
  'NOW',
  'KEEP',
  'PRUNE',
  'DESCEND',
  'this',
  'value',
  'CLUSTER_TIME',
  'USER_ROLES',
  'SEARCH_META',
]);

function bound(spec: unknown): string[] {
  if (!isDoc(spec)) return [];
  const names = isDoc(spec.vars) ? Object.keys(spec.vars) : [];
  return typeof spec.as === 'string' ? [...names, spec.as] : names;
}

function checkText(text: string, variables: ReadonlySet<string>): void {
  if (!text.startsWith('$$')) return;
  const name = text.slice(2).split('.')[0] ?? '';
  if (name === '') fail('FailedToParse', 'empty variable names are not allowed');
  if (!systemVariables.has(name) && !variables.has(name)) fail(17276, `Use of undefined variable: ${name}`);
}

/** @throws CommandError for operators and variables that do not exist, before any document is read. */
export function checkExpression(expression: unknown, variables: ReadonlySet<string>): void {
  if (typeof expression === 'string') {
    checkText(expression, variables);
    return;
  }
  if (Array.isArray(expression)) {
    expression.forEach((item) => checkExpression(item, variables));
    return;
  }
  if (!isDoc(expression)) return;
  const entries = Object.entries(expression);
  for (const [name, operand] of entries) {
    if (name === '$literal') continue;
    if (name.startsWith('$')) checkOperator(name, entries.length);
    checkExpression(operand, new Set([...variables, ...bound(operand)]));
  }
}

function checkOperator(name: string, siblings: number): void {
  if (siblings > 1) fail(15983, `an object representing an expression must have exactly one field: ${name}`);
  if (scripts.has(name)) fail('BadValue', `${name} is not allowed: this database runs no JavaScript`);
  if (!knowsOperator(name)) fail(168, `Unrecognized expression '${name}'`);
}
