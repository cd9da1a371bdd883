import mongoose from 'mongoose';
import { createLogger } from '../../src/observability/logger.js';

function logged(error: unknown): Record<string, unknown> {
  let text = '';
  createLogger({ logLevel: 'info' }, { write: (line) => void (text = line) }).error({ err: error }, 'It failed.');
  return (JSON.parse(text) as { err: Record<string, unknown> }).err;
}

describe('the log', () => {
  it('tells type, message, code and stack of an error, and nothing that libraries hang on it', () => {
    const error = Object.assign(new TypeError('It broke.'), {
      code: 'E_BROKEN',
      query: 'hunter2',
      keyValue: { a: 'hunter2' },
    });
    const { stack, ...rest } = logged(error);
    expect(rest).toEqual({ type: 'TypeError', message: 'It broke.', code: 'E_BROKEN' });
    expect(stack).toMatch(/logger\.test/);
  });

  it('leaves out the values of a duplicate key', () => {
    const error = new Error(
      'E11000 duplicate key error collection: c.users index: username_1 dup key: { username: "hunter2" }',
    );
    expect(JSON.stringify(logged(error))).not.toMatch(/hunter2/);
  });

  it('leaves out the value that Mongoose could not fit into a field', () => {
    const error = new mongoose.Error.CastError('string', { $ne: 'hunter2' }, 'username');
    expect(error.message).toMatch(/hunter2/);
    expect(JSON.stringify(logged(error))).not.toMatch(/hunter2/);
  });

  it('tells only the kind of what is no error', () => {
    expect(logged({ password: 'hunter2' })).toEqual({ type: 'object', message: 'a value that is no error was thrown' });
  });

  it('is silent below its level', () => {
    let text = '';
    createLogger({ logLevel: 'silent' }, { write: (line) => void (text = line) }).error('It failed.');
    expect(text).toBe('');
  });
});
