import express, { type Request, type RequestHandler } from 'express';
import { ChatError } from '../../errors.js';
import { maxBodyBytes } from '../../http/request-body.js';
import type { Given } from '../operation.js';

/** Fields of a form. */
const maxParameters = 1_000;
const options = { limit: maxBodyBytes, inflate: false };
/** What is no object is refused by `bodyOf`, which says so. */
const jsonOptions = { ...options, strict: false };

/** Reads bodies of JSON and of forms (`a[b]=c`, `list[]=x`); any other is refused by `bodyOf`. */
export const readBodies: readonly RequestHandler[] = [
  express.json(jsonOptions),
  express.urlencoded({ ...options, extended: true, parameterLimit: maxParameters }),
];

export const isForm = (request: Request): boolean => Boolean(request.is('application/x-www-form-urlencoded'));

/**
 * The properties of a body.
 * @throws ChatError BAD_USER_INPUT when it is neither JSON nor a form, or not an object
 */
export function bodyOf(request: Request): Given {
  const body: unknown = request.body;
  if (body === undefined) {
    if (!hasContent(request)) return {};
    throw bad('The body must be JSON (application/json) or a form (application/x-www-form-urlencoded).');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw bad('The body must be a JSON object.');
  return body as Given;
}

function hasContent({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** What is said of a body that could not be read; undefined for errors of another kind. */
export function bodyFault(error: unknown): ChatError | undefined {
  const { status, type } = (error ?? {}) as { status?: unknown; type?: unknown };
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined;
  if (type === 'parameters.too.many') return bad(`A form has at most ${maxParameters} fields. Send less at once.`);
  if (status === 413) {
    const message = `The body is too large: at most ${maxBodyBytes} bytes. Send less at once.`;
    return new ChatError('PAYLOAD_TOO_LARGE', message);
  }
  if (type === 'entity.parse.failed') return bad('The body is not valid JSON in UTF-8.');
  if (type === 'charset.unsupported') return bad('The charset of the body is not known. Send it in UTF-8.');
  if (type === 'encoding.unsupported') return bad('Compressed bodies are not accepted. Send the body as it is.');
  return bad('The request is not valid: its path, its encoding or its body cannot be read.');
}

function bad(message: string): ChatError {
  return new ChatError('BAD_USER_INPUT', message);
}
