import { badInput } from '../errors.js';
import { isId, objectId } from './ids.js';
import type { Finder } from './gathered-finds.js';
import type { Filter } from './repository.js';

/** Rows of a page when the caller names no number. */
export const defaultPageSize = 50;
/** Asking for more is an error, never a silent cut. */
export const maxPageSize = 200;

/** Which part of a list a caller wants: the first rows, or those after a cursor. */
export interface PageRequest {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** How the values of a sort field travel in a cursor. */
type FieldKind = 'date' | 'id' | 'text' | 'number';

/** One field of a list's order. The last one must be unique. */
export interface OrderField {
  readonly field: string;
  readonly kind: FieldKind;
  readonly direction: 1 | -1;
}

/** Leading field first. */
export type ListOrder = readonly [OrderField, ...OrderField[]];

/** The order of most lists. */
export const newestFirst: ListOrder = [
  { field: 'createdAt', kind: 'date', direction: -1 },
  { field: '_id', kind: 'id', direction: -1 },
];

/** Which part of which list is wanted. */
export interface ListRequest extends PageRequest {
  readonly filter: Filter;
  readonly order: ListOrder;
}

/** One page, with a cursor a row. */
export interface ListPage<T> {
  readonly edges: { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

/** Wraps rows that are already cut to size. */
export function pageOf<T>(
  rows: readonly T[],
  cursorOf: (row: T) => string,
  more: { readonly next: boolean; readonly previous: boolean },
): ListPage<T> {
  const edges = rows.map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: more.next,
      hasPreviousPage: more.previous,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/**
 * Reads the rows that follow a cursor, by key and never by offset.
 * @throws ChatError BAD_USER_INPUT when the cursor is not one of this list
 */
export async function readList<T extends object>(finder: Finder<T>, request: ListRequest): Promise<ListPage<T>> {
  const { order, after } = request;
  const first = request.first ?? defaultPageSize;
  const from = after == null ? undefined : decodeCursor('after', after, order);
  const filter = from ? { $and: [request.filter, following(order, from)] } : request.filter;
  const sort = Object.fromEntries(order.map(({ field, direction }) => [field, direction]));
  const rows = await finder.find(filter, { sort, limit: first + 1 });
  const kept = rows.slice(0, first);
  return pageOf(kept, (row) => encodeCursor(row, order), { next: rows.length > first, previous: from !== undefined });
}

/** The rows after a position: the leading field bounds an index range, the rest refines it. */
function following(order: ListOrder, values: readonly unknown[]): Filter {
  const branches = order.map(({ field, direction }, at) => ({
    ...Object.fromEntries(order.slice(0, at).map((earlier, index) => [earlier.field, values[index]])),
    [field]: { [direction === 1 ? '$gt' : '$lt']: values[at] },
  }));
  const [lead] = order;
  return { [lead.field]: { [lead.direction === 1 ? '$gte' : '$lte']: values[0] }, $or: branches };
}

/** The cursor of a row in a list of this order. */
export function encodeCursor(row: object, order: ListOrder): string {
  const values = order.map(({ field, kind }) => {
    const value = (row as Record<string, unknown>)[field === '_id' ? 'id' : field];
    return kind === 'date' ? (value as Date).getTime() : value;
  });
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * The sort values in a cursor.
 * @param name the argument that carried it, for the message
 * @throws ChatError BAD_USER_INPUT when it is not a cursor of a list of this order
 */
export function decodeCursor(name: string, cursor: string, order: ListOrder): unknown[] {
  const values = parseJson(Buffer.from(cursor, 'base64url').toString());
  if (!Array.isArray(values) || values.length !== order.length) throw badCursor(name);
  return order.map(({ kind }, at) => {
    const value = decodeValue(kind, values[at]);
    if (value === undefined) throw badCursor(name);
    return value;
  });
}

function decodeValue(kind: FieldKind, value: unknown): unknown {
  if (kind === 'id' && typeof value === 'string' && isId(value)) return objectId(value);
  if (kind === 'text' && typeof value === 'string') return value;
  if (kind === 'number' && Number.isSafeInteger(value)) return value;
  if (kind === 'date' && Number.isSafeInteger(value) && Math.abs(value as number) <= 8.64e15)
    return new Date(value as number);
  return undefined;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function badCursor(name: string): Error {
  return badInput(name, 'is not a cursor of this list; pass one that this list gave you');
}
