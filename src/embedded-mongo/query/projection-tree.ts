import { fail } from '../errors.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { fieldEntries, fieldNames } from '../bson/fields.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import type { Evaluate } from '../expressions/evaluate.js';
import { knowsOperator, scripts } from '../expressions/context.js';
import { compileEvaluator } from '../expressions/evaluate.js';
import type { CompiledFilter } from './filter.js';
import { compileFilter } from './filter.js';

/** A field that has something below it. */
export interface Branch {
  readonly kind: 'branch';
  readonly children: Map<string, Node>;
  /** True when anything below is computed, so that the branch is made where it is missing. */
  isComputed: boolean;
}

export type Node =
  | Branch
  | { readonly kind: 'include' }
  | { readonly kind: 'exclude' }
  | { readonly kind: 'computed'; readonly evaluate: Evaluate }
  | { readonly kind: 'slice'; readonly slice: (items: readonly unknown[]) => unknown[] }
  | { readonly kind: 'elemMatch'; readonly test: CompiledFilter }
  | { readonly kind: 'positional'; readonly path: string };

export interface ProjectionOptions {
  /** The query, for `'a.$': 1`. */
  readonly query?: Doc | undefined;
  readonly variables?: Doc | undefined;
  /** In `$project`, `$slice` is an expression and `$elemMatch` is unknown. */
  readonly isStage?: boolean;
}

function integer(value: unknown): number {
  return isNumeric(value)
    ? Math.trunc(toDouble(value))
    : fail(28667, 'Invalid $slice syntax. The given syntax did not match the find() syntax');
}

function sliceOf(operand: unknown): (items: readonly unknown[]) => unknown[] {
  if (!Array.isArray(operand)) {
    const count = integer(operand);
    return (items) => (count < 0 ? items.slice(count) : items.slice(0, count));
  }
  const [skip, limit] = [integer(operand[0]), integer(operand[1])];
  if (limit <= 0) fail(28724, `First argument to $slice must be positive`);
  return (items) => {
    const start = skip < 0 ? Math.max(0, items.length + skip) : skip;
    return items.slice(start, start + limit);
  };
}

function operatorNode(spec: Doc, options: ProjectionOptions): Node {
  const [name = ''] = Object.keys(spec);
  if (!options.isStage && name === '$slice') return { kind: 'slice', slice: sliceOf(spec.$slice) };
  if (!options.isStage && name === '$elemMatch') return { kind: 'elemMatch', test: compileFilter({ item: spec }) };
  if (name === '$meta') fail('BadValue', 'query requires text score metadata, but it is not available');
  if (!knowsOperator(name) && !scripts.has(name)) fail(31325, `Unknown expression ${name}`);
  return { kind: 'computed', evaluate: compileEvaluator(spec, options.variables) };
}

class TreeBuilder {
  readonly root: Branch = { kind: 'branch', children: new Map(), isComputed: false };
  isInclusion: boolean | undefined;
  idIsExcluded = false;
  #hasPositional = false;

  constructor(readonly options: ProjectionOptions) {}

  add(path: string, value: unknown): void {
    if (path === '') fail(40352, 'FieldPath cannot be constructed with empty string');
    if (path.endsWith('.')) fail(40353, "FieldPath must not end with a '.'.");
    if (path.startsWith('$'))
      fail(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
    const isPositional = path.endsWith('.$');
    const cleanPath = isPositional ? path.slice(0, -2) : path;
    if (isPositional) this.#checkPositional(path, value);
    if (cleanPath.split('.').includes('$')) {
      fail(31394, `A positional projection must be at the end of the path, but was in the middle of '${path}'`);
    }
    this.#put(cleanPath, isPositional ? { kind: 'positional', path: cleanPath } : this.#nodeFor(cleanPath, value));
  }

  #checkPositional(path: string, value: unknown): void {
    if (this.options.isStage) fail(31324, 'Cannot use positional projection in aggregation projection');
    if (this.#hasPositional) fail(31276, 'Cannot specify more than one positional projection per query.');
    if (value === false || (isNumeric(value) && toDouble(value) === 0)) {
      fail(31395, `positional projection cannot be used with exclusion: ${path}`);
    }
    this.#hasPositional = true;
  }

  #nodeFor(path: string, value: unknown): Node | undefined {
    if (typeof value === 'boolean' || isNumeric(value)) {
      const isIn = value === true || (isNumeric(value) && toDouble(value) !== 0);
      return { kind: isIn ? 'include' : 'exclude' };
    }
    if (!isDoc(value)) return { kind: 'computed', evaluate: compileEvaluator(value, this.options.variables) };
    const names = fieldNames(value);
    if (names.length === 0) fail(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
    if (names[0]?.startsWith('$') === true) return operatorNode(value, this.options);
    for (const name of names) this.add(`${path}.${name}`, value[name]);
    return undefined;
  }

  #put(path: string, node: Node | undefined): void {
    if (!node) return;
    this.#checkMode(path, node);
    const parts = path.split('.');
    let branch = this.root;
    for (const [i, part] of parts.slice(0, -1).entries()) {
      branch.isComputed ||= node.kind === 'computed';
      const known = branch.children.get(part);
      if (known && known.kind !== 'branch')
        fail(31249, `Path collision at ${path} remaining portion ${parts.slice(i + 1).join('.')}`);
      const next: Branch = known ?? { kind: 'branch', children: new Map(), isComputed: false };
      branch.children.set(part, next);
      branch = next;
    }
    const name = parts.at(-1) ?? '';
    if (branch.children.has(name)) fail(31250, `Path collision at ${path}`);
    branch.isComputed ||= node.kind === 'computed';
    branch.children.set(name, node);
  }

  /** A projection names what stays or what goes, not both; `_id` may go from either. */
  #checkMode(path: string, node: Node): void {
    if (node.kind === 'slice') return;
    const isInclusion = node.kind !== 'exclude';
    if (path === '_id') {
      if (!isInclusion) this.idIsExcluded = true;
      return;
    }
    if (this.isInclusion !== undefined && this.isInclusion !== isInclusion) {
      if (isInclusion) fail(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
      fail(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    }
    this.isInclusion = isInclusion;
  }
}

/** Reads a projection into a tree, with what it does to the fields it does not name. */
export function buildTree(spec: unknown, options: ProjectionOptions): { tree: Branch; isInclusion: boolean } {
  if (!isDoc(spec)) fail('TypeMismatch', 'Expected field projection to be of type object');
  const builder = new TreeBuilder(options);
  for (const [path, value] of fieldEntries(spec)) builder.add(path, value);
  const { root } = builder;
  const id = root.children.get('_id');
  const isInclusion =
    builder.isInclusion ??
    (id !== undefined && id.kind !== 'exclude' && ![...root.children.values()].some(({ kind }) => kind === 'slice'));
  if (isInclusion && !id) root.children.set('_id', { kind: 'include' });
  if (!isInclusion && id?.kind === 'include') root.children.delete('_id');
  return { tree: root, isInclusion };
}
