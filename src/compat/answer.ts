import { httpStatusByCode, type ErrorDetails } from '../errors.js';
import type { PresentedError } from '../graphql/present-error.js';

/** Cursors of the pages beside this one; null where there is none. */
export interface PageLinks {
  readonly next: string | null;
  readonly previous: string | null;
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
 * A success; a connection becomes its items and links.
 * @param isTwoWay whether earlier pages can be asked for
 */
export function success(code: 200 | 201, reply: unknown, isTwoWay: boolean): Success {
  if (!isConnection(reply)) return { code, msg: 'OK', data: reply ?? null };
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = reply.pageInfo;
  const page = {
    next: hasNextPage ? (endCursor ?? null) : null,
    previous: isTwoWay && hasPreviousPage ? (startCursor ?? null) : null,
  };
  return { code, msg: 'OK', data: reply.edges.map(({ node }) => node), page };
}

interface Connection {
  readonly edges: readonly { readonly node: unknown }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor?: string | null;
    readonly endCursor?: string | null;
  };
}

function isConnection(reply: unknown): reply is Connection {
  return typeof reply === 'object' && reply !== null && 'edges' in reply && 'pageInfo' in reply;
}
