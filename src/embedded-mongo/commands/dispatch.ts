import { CommandError, fail } from '../errors.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import type { Doc } from '../bson/types.js';
import type { Engine } from '../engine.js';
import type { Reply } from '../wire/reply.js';
import { checkConcerns } from './concerns.js';
import { checkFields } from './fields.js';
import { commandTable } from './table.js';

/** A command as it came in. */
export interface Request {
  readonly engine: Engine;
  readonly connectionId: number;
  readonly database: string;
  readonly body: Doc;
}

const transactionCommands = new Set(['commitTransaction', 'abortTransaction']);

function refuseTransactions(name: string, body: Doc): void {
  if (body.startTransaction === true || body.autocommit === false || transactionCommands.has(name)) {
    fail('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  }
}

function deadlineOf({ maxTimeMS }: Doc): number | undefined {
  if (maxTimeMS === undefined) return undefined;
  if (!isNumeric(maxTimeMS)) fail('TypeMismatch', "BSON field 'maxTimeMS' is the wrong type, expected a number");
  const time = toDouble(maxTimeMS);
  if (time < 0 || !Number.isFinite(time)) fail('BadValue', `${time} value for maxTimeMS is out of range`);
  return time === 0 ? undefined : Date.now() + time;
}

async function run({ engine, connectionId, database, body }: Request): Promise<Reply> {
  const name = Object.keys(body)[0] ?? '';
  refuseTransactions(name, body);
  const command = commandTable.get(name);
  if (!command) fail('CommandNotFound', `no such command: '${name}'`);
  checkFields(name, body);
  checkConcerns(body);
  return command({ engine, connectionId, database, body, deadline: deadlineOf(body) });
}

/** What a client is told of an error; one that was not foreseen is a fault of this database: it is logged, and harms nobody else. */
export function errorReply(error: unknown): Doc {
  if (error instanceof CommandError) {
    return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.extra };
  }
  console.error('The embedded database has met a fault of its own:', error);
  const errmsg = 'The embedded database has met a fault of its own; its log says where.';
  return { ok: 0, errmsg, code: 1, codeName: 'InternalError' };
}

/** Carries a command out; errors become the answer. */
export async function dispatch(request: Request): Promise<Reply> {
  try {
    return await run(request);
  } catch (error) {
    return errorReply(error);
  }
}
