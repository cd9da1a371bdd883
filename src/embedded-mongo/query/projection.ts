import { fail } from '../errors.js';
import type { Doc } from '../bson/types.js';
import { isDoc } from '../bson/types.js';
import { fieldEntries, fieldNames, removeField, setField } from '../bson/fields.js';
import type { Evaluate } from '../expressions/evaluate.js';
import { analyseArrayConditions } from './array-position.js';
import type { Branch, ProjectionOptions } from './projection-tree.js';
import { buildTree } from './projection-tree.js';

/** Cuts documents to what a projection asks for. */
export type Project = (doc: Doc) => Doc;

interface Run {
  readonly root: Doc;
  readonly query: Doc;
}

function each(value: unknown, apply: (doc: Doc) => unknown, keepScalars: boolean): unknown {
  if (isDoc(value)) return apply(value);
  if (!Array.isArray(value)) return keepScalars ? value : undefined;
  const items = value.map((item) => each(item, apply, keepScalars));
  return keepScalars ? items : items.filter((item) => item !== undefined);
}

function include(doc: Doc, tree: Branch, run: Run): Doc {
  const result: Doc = {};
  for (const name of fieldNames(doc)) {
    const node = tree.children.get(name);
    if (node === undefined || node.kind === 'computed' || node.kind === 'exclude') continue;
    const value =
      node.kind === 'branch'
        ? each(doc[name], (inner) => include(inner, node, run), false)
        : leaf(doc, name, [node, run]);
    if (value !== undefined) setField(result, name, value);
  }
  compute(result, tree, run);
  return result;
}

function exclude(doc: Doc, tree: Branch, run: Run): Doc {
  const result: Doc = {};
  for (const name of fieldNames(doc)) {
    const node = tree.children.get(name);
    if (node?.kind === 'exclude' || node?.kind === 'computed') continue;
    const value =
      node?.kind === 'branch'
        ? each(doc[name], (inner) => exclude(inner, node, run), true)
        : node
          ? leaf(doc, name, [node, run])
          : doc[name];
    if (value !== undefined || node === undefined) setField(result, name, value);
  }
  compute(result, tree, run);
  return result;
}

type Leaf = Exclude<Branch['children'] extends ReadonlyMap<string, infer N> ? N : never, Branch>;

function leaf(doc: Doc, name: string, [node, run]: [Leaf, Run]): unknown {
  const value = doc[name];
  if (node.kind === 'slice') return Array.isArray(value) ? node.slice(value) : value;
  if (node.kind === 'elemMatch') {
    const found: unknown = Array.isArray(value) ? value.find((item) => node.test({ item: [item] })) : undefined;
    return found === undefined ? undefined : [found];
  }
  if (node.kind !== 'positional') return value;
  if (!Array.isArray(value)) return value;
  const position = analyseArrayConditions(run.query, run.root, node.path);
  if (position === undefined)
    fail(
      51246,
      "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
    );
  return value.slice(position, position + 1);
}

function compute(result: Doc, tree: Branch, run: Run): void {
  for (const [name, node] of tree.children) {
    if (node.kind === 'computed') {
      const value = node.evaluate(run.root);
      if (value !== undefined) setField(result, name, value);
    } else if (node.kind === 'branch' && node.isComputed && result[name] === undefined) {
      const inner: Doc = {};
      compute(inner, node, run);
      setField(result, name, inner);
    }
  }
}

/**
 * Prepares a projection; undefined when it leaves documents as they are.
 * @throws CommandError 31249, 31253, 31254 and others for forms that clash.
 */
export function compileProjection(spec: unknown, options: ProjectionOptions = {}): Project | undefined {
  if (spec === undefined || spec === null || (isDoc(spec) && Object.keys(spec).length === 0)) return undefined;
  const { tree, isInclusion } = buildTree(spec, options);
  const query = options.query ?? {};
  const cut = isInclusion ? include : exclude;
  return (doc) => cut(doc, tree, { root: doc, query });
}

interface Assignments {
  readonly fields: Map<string, Assignments | Evaluate>;
}

function assign(tree: Assignments, parts: readonly string[], leafValue: Evaluate): void {
  const [name = '', ...rest] = parts;
  if (rest.length === 0) return void tree.fields.set(name, leafValue);
  const known = tree.fields.get(name);
  const branch = known && typeof known !== 'function' ? known : { fields: new Map<string, Assignments | Evaluate>() };
  tree.fields.set(name, branch);
  assign(branch, rest, leafValue);
}

function assignInto(value: unknown, tree: Assignments, root: Doc): unknown {
  if (Array.isArray(value)) return value.map((item) => assignInto(item, tree, root));
  const result: Doc = isDoc(value) ? { ...value } : {};
  for (const [name, node] of tree.fields) {
    const next = typeof node === 'function' ? node(root) : assignInto(result[name], node, root);
    if (next === undefined) removeField(result, name);
    else setField(result, name, next);
  }
  return result;
}

/** The stage `$addFields` (`$set`): each path is given the value of its expression. */
export function compileAddFields(spec: Doc, prepare: (expression: unknown) => Evaluate): Project {
  const tree: Assignments = { fields: new Map() };
  const visit = (parts: readonly string[], expression: unknown): void => {
    const isNested =
      isDoc(expression) && Object.keys(expression).length > 0 && Object.keys(expression)[0]?.startsWith('$') !== true;
    if (isNested) for (const [name, inner] of fieldEntries(expression)) visit([...parts, ...name.split('.')], inner);
    else assign(tree, parts, prepare(expression));
  };
  for (const [path, expression] of fieldEntries(spec)) visit(path.split('.'), expression);
  return (doc) => assignInto(doc, tree, doc) as Doc;
}
