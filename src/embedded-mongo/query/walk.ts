import { isDoc } from '../bson/types.js';
import { isIndexName } from './path.js';

/** Asks about one value; `undefined` stands for a missing one. */
export type ValueTest = (value: unknown) => boolean;

/** How a test is put to the values at a path. */
export interface PathTest {
  readonly parts: readonly string[];
  readonly test: ValueTest;
  /** An array at the end of the path is asked about element by element, and then as a whole. */
  readonly expandsArrays: boolean;
}

function testEnd(value: unknown, { test, expandsArrays }: PathTest): boolean {
  if (expandsArrays && Array.isArray(value) && value.some((item) => item !== undefined && test(item))) return true;
  return test(value);
}

function walkArray(items: readonly unknown[], path: PathTest, at: number): boolean {
  const part = path.parts[at] ?? '';
  if (isIndexName(part) && Number(part) < items.length && walkInto(items[Number(part)], path, at + 1)) return true;
  return items.some((item) => isDoc(item) && walkDoc(item, path, at));
}

function walkInto(value: unknown, path: PathTest, at: number): boolean {
  if (at === path.parts.length) return testEnd(value, path);
  if (isDoc(value)) return walkDoc(value, path, at);
  if (Array.isArray(value)) return walkArray(value, path, at);
  return path.test(undefined);
}

function walkDoc(doc: Record<string, unknown>, path: PathTest, at: number): boolean {
  const part = path.parts[at] ?? '';
  return walkInto(Object.hasOwn(doc, part) ? doc[part] : undefined, path, at + 1);
}

/** True when any value at the path passes; arrays on the way are walked through, as MongoDB's queries do. */
export function anyAtPath(doc: Record<string, unknown>, path: PathTest): boolean {
  return walkDoc(doc, path, 0);
}
