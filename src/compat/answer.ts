import { httpStatusByCode, inputSentence, type ErrorDetails, type FieldFault } from '../errors.js';
import type { PresentedError } from '../graphql/present-error.js';

/** A place in a list; of a log, the seq of an entry. */
export type Cursor = string | number;

/** Cursors of the pages beside this one; null where there is none. */
export interface PageLinks {
  readonly next: Cursor | null;
  readonly previous: Cursor | null;
}

export interface Success {
  readonly code: 200 | 201;
  readonly msg: 'OK';
  /** Of a list, its items. */
  readonly data: unknown;
  readonly page?: PageLinks;
}

/** The HTTP status of the error's code, its sentence, and what programs can use of it. */
export interface Failure extends ErrorDetails {
  readonly code: number;
  readonly msg: string;
}

/** What every protocol of the table answers with, where it has no shape of old. */
export type Answer = Success | Failure;

export function isSuccess(answer: Answer): answer is Success {
  return 'data' in answer;
}

/** Whether it failed through no fault of who asked, so that the same may succeed later. */
export function isTrouble({ code }: Answer): boolean {
  return code >= 500;
}

export function failure({ message, extensions: { code, ...details } }: PresentedError): Failure {
  return { code: httpStatusByCode[code], msg: message, ...details };
}

/**
 * The same failure, which speaks of properties by the names that the caller knows.
 * @param names those names, by the properties' own
 */
export function renamed(told: Failure, names: ReadonlyMap<string, string>): Failure {
  if (!told.fields?.some(({ path }) => names.has(rootOf(path)))) return told;
  const fields = told.fields.map((fault) => renamedFault(fault, names));
  return { ...told, msg: inputSentence(fields), fields };
}

function renamedFault({ path, message }: FieldFault, names: ReadonlyMap<string, string>): FieldFault {
  const root = rootOf(path);
  return { path: `${names.get(root) ?? root}${path.slice(root.length)}`, message };
}

const rootOf = (path: string): string => path.split('.')[0] ?? '';

/**
 * A success; a connection becomes its items and links.
 * @param isTwoWay whether earlier pages can be asked for
 */
export function success(code: 200 | 201, reply: unknown, isTwoWay: boolean): Success {
  if (!isConnection(reply)) return withFlatList(code, reply ?? null);
  return { code, msg: 'OK', data: itemsOf(reply), page: pageOf(reply, isTwoWay) };
}

/** What holds a list among its properties holds its items, too, and the page is that list's. */
function withFlatList(code: 200 | 201, reply: unknown): Success {
  const [name, list] = Object.entries(reply ?? {}).find(([, value]) => isConnection(value)) ?? [];
  if (name === undefined || !isConnection(list)) return { code, msg: 'OK', data: reply };
  return { code, msg: 'OK', data: { ...(reply as object), [name]: itemsOf(list) }, page: pageOf(list, true) };
}

const itemsOf = ({ edges }: Connection): unknown[] => edges.map(({ node }) => node);

function pageOf({ pageInfo }: Connection, isTwoWay: boolean): PageLinks {
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
  return {
    next: hasNextPage ? (endCursor ?? null) : null,
    previous: isTwoWay && hasPreviousPage ? (startCursor ?? null) : null,
  };
}

interface Connection {
  readonly edges: readonly { readonly node: unknown }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor?: Cursor | null;
    readonly endCursor?: Cursor | null;
  };
}

function isConnection(reply: unknown): reply is Connection {
  return typeof reply === 'object' && reply !== null && 'edges' in reply && 'pageInfo' in reply;
}
