/** Errors of the MongoDB driver and of Mongoose that say the database cannot be reached at the moment. */
const connectionErrors = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'PoolClearedError',
  'PoolClearedOnNetworkError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoClientClosedError',
  'MongoExpiredSessionError',
  'MongoOperationTimeoutError',
  'MongoWaitQueueTimeoutError',
  'WaitQueueTimeoutError',
  'DisconnectedError',
]);

/** What the system says of a connection that just broke; the driver passes it on as it is when a write meets it. */
const brokenConnectionCodes = new Set<unknown>(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ERR_STREAM_DESTROYED']);

/** Server codes of a stepping-down or stopping MongoDB (its error_codes.yml). */
const stateChangeCodes = new Set<unknown>([91, 189, 10_107, 11_600, 11_602, 13_435, 13_436]);

/** Whether an error, or what caused it, is the loss of the database and not a fault of the program. */
export function isDatabaseTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as Error & { code?: unknown };
  if (connectionErrors.has(error.name) || stateChangeCodes.has(code) || brokenConnectionCodes.has(code)) return true;
  if (error.name === 'MongooseError' && error.message.includes('buffering timed out')) return true;
  return causesOf(error).some((cause) => cause !== error && isDatabaseTrouble(cause));
}

/** What an error wraps; the driver's error of a bulk write holds whatever broke the write as the server's answer. */
function causesOf({ cause, errorResponse }: Error & { errorResponse?: unknown }): unknown[] {
  return [cause, errorResponse];
}
