import type { ErrorRequestHandler, Response } from 'express';
import type { Failure } from '../answer.js';
import type { Operations } from '../operations.js';
import { bodyFault } from './bodies.js';

/** Turns what was thrown on the way to a row into an answer. */
export function failing(
  operations: Operations,
  answer: (response: Response, told: Failure) => void,
): ErrorRequestHandler {
  // eslint-disable-next-line max-params -- Express tells error handlers from others by their four parameters.
  return (error: unknown, request, response: Response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const requestId = String(response.getHeader('x-request-id'));
    const caller = { address: request.ip ?? '', protocol: 'rest', requestId } as const;
    answer(response, operations.refuse(undefined, bodyFault(error) ?? error, caller));
  };
}
