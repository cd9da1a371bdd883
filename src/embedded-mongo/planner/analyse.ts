import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { isOperatorDoc } from '../query/filter.js';
import { isRegex } from '../query/regex.js';

/** One condition that every result meets. */
export interface Conjunct {
  readonly path: string;
  readonly operator: string;
  readonly operand: unknown;
  /** False when an index can only narrow the search for it. */
  readonly isExact: boolean;
  /** True for comparisons of `$expr`, which see an array as one value. */
  readonly seesWholeArrays: boolean;
  /** The `$elemMatch` it stands in: conditions of one are met by one element. */
  readonly element: object | undefined;
}

/** What the planner knows of a filter. */
export interface Analysis {
  readonly conjuncts: readonly Conjunct[];
  /** The branches of every `$or`. */
  readonly alternatives: readonly (readonly Doc[])[];
  /** True when the conjuncts say all the filter says. */
  readonly isComplete: boolean;
  /** True when only the alternatives are missing from that. */
  readonly isCompleteBeside: boolean;
}

interface Draft {
  conjuncts: Conjunct[];
  alternatives: Doc[][];
  isComplete: boolean;
}

function add(draft: Draft, part: Pick<Conjunct, 'path' | 'operator' | 'operand'> & Partial<Conjunct>): void {
  draft.conjuncts.push({ isExact: true, seesWholeArrays: false, element: undefined, ...part });
}

function addField(draft: Draft, path: string, condition: unknown): void {
  if (isRegex(condition)) {
    add(draft, { path, operator: '$regex', operand: condition, isExact: false });
    return;
  }
  if (!isOperatorDoc(condition)) {
    add(draft, { path, operator: '$eq', operand: condition });
    return;
  }
  for (const [operator, operand] of Object.entries(condition)) addOperator(draft, path, [operator, operand, condition]);
}

function addOperator(draft: Draft, path: string, [operator, operand, siblings]: [string, unknown, Doc]): void {
  if (operator === '$elemMatch' && isDoc(operand)) {
    addElemMatch(draft, path, operand);
    return;
  }
  if (operator === '$all' && Array.isArray(operand)) {
    addAll(draft, path, operand);
    return;
  }
  if (operator === '$regex' && siblings.$options !== undefined) draft.isComplete = false;
  else add(draft, { path, operator, operand });
}

function addAll(draft: Draft, path: string, items: readonly unknown[]): void {
  draft.isComplete = false;
  const [first] = items;
  if (items.length > 0 && !isOperatorDoc(first)) add(draft, { path, operator: '$eq', operand: first, isExact: false });
}

/** The conditions inside hold for one element, so each of them narrows; together they must be asked again. */
function addElemMatch(draft: Draft, path: string, inner: Doc): void {
  draft.isComplete = false;
  const nested = emptyDraft();
  if (isOperatorDoc(inner)) {
    if (Object.keys(inner).some((name) => ['$and', '$or', '$nor', '$expr'].includes(name))) return;
    addField(nested, path, inner);
  } else addFilter(nested, inner, undefined);
  const prefix = isOperatorDoc(inner) ? '' : `${path}.`;
  for (const part of nested.conjuncts) {
    draft.conjuncts.push({ ...part, path: prefix + part.path, isExact: false, element: inner });
  }
}

const expressionOperators = new Set(['$eq', '$gt', '$gte', '$lt', '$lte']);

/** The value of an expression that does not depend on the document: a constant, or a variable that is known. */
function constantOf(expression: unknown, variables: Doc | undefined): { value: unknown } | undefined {
  if (typeof expression === 'string' && expression.startsWith('$$')) {
    const name = expression.slice(2);
    return variables && Object.hasOwn(variables, name) ? { value: variables[name] } : undefined;
  }
  if (typeof expression === 'string' && expression.startsWith('$')) return undefined;
  if (isDoc(expression)) return '$literal' in expression ? { value: expression.$literal } : undefined;
  return Array.isArray(expression) ? undefined : { value: expression };
}

function addExpression(draft: Draft, expression: unknown, variables: Doc | undefined): void {
  draft.isComplete = false;
  if (!isDoc(expression)) return;
  for (const [operator, operand] of Object.entries(expression)) {
    if (!Array.isArray(operand)) continue;
    if (operator === '$and') operand.forEach((item) => addExpression(draft, item, variables));
    else if (expressionOperators.has(operator)) addComparison(draft, [operator, operand], variables);
  }
}

const mirrored: Readonly<Record<string, string>> = { $gt: '$lt', $gte: '$lte', $lt: '$gt', $lte: '$gte' };

function addComparison(
  draft: Draft,
  [operator, operands]: [string, readonly unknown[]],
  variables: Doc | undefined,
): void {
  const [left, right] = operands;
  const isField = (side: unknown): side is string => typeof side === 'string' && /^\$[^$]/.test(side);
  const [field, other, named] = isField(left) ? [left, right, operator] : [right, left, mirrored[operator] ?? operator];
  const constant = constantOf(other, variables);
  if (!isField(field) || constant?.value === undefined) return;
  add(draft, { path: field.slice(1), operator: named, operand: constant.value, isExact: false, seesWholeArrays: true });
}

function addFilter(draft: Draft, filter: Doc, variables: Doc | undefined): void {
  for (const [name, operand] of Object.entries(filter)) {
    if (!name.startsWith('$')) addField(draft, name, operand);
    else if (name === '$and') for (const part of operand as Doc[]) addFilter(draft, part, variables);
    else if (name === '$or' && (operand as Doc[]).length === 1) addFilter(draft, (operand as [Doc])[0], variables);
    else if (name === '$or') draft.alternatives.push(operand as Doc[]);
    else if (name === '$expr') addExpression(draft, operand, variables);
    else if (name !== '$comment') draft.isComplete = false;
  }
}

function emptyDraft(): Draft {
  return { conjuncts: [], alternatives: [], isComplete: true };
}

/** Takes a filter (one that compiles) apart. */
export function analyse(filter: Doc, variables?: Doc): Analysis {
  const draft = emptyDraft();
  addFilter(draft, filter, variables);
  const isCompleteBeside = draft.isComplete;
  return { ...draft, isCompleteBeside, isComplete: isCompleteBeside && draft.alternatives.length === 0 };
}
