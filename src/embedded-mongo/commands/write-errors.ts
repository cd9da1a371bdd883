import { CommandError } from '../errors.js';
import type { Doc } from '../bson/types.js';

/** What went wrong with single operations of a bulk write, and whether to go on after it. */
export class WriteErrors {
  readonly #errors: Doc[] = [];

  constructor(readonly isOrdered: boolean) {}

  /** The same errors for another try: a transaction that was given up runs again from here. */
  copy(): WriteErrors {
    const copy = new WriteErrors(this.isOrdered);
    copy.#errors.push(...this.#errors);
    return copy;
  }

  /** Runs one operation. False when the following ones are not to be tried. @throws CommandError 50: it ends the command. */
  attempt(index: number, operation: () => void): boolean {
    try {
      operation();
      return true;
    } catch (error) {
      if (!(error instanceof CommandError) || error.codeName === 'MaxTimeMSExpired') throw error;
      this.#errors.push({ index, code: error.code, errmsg: error.message, ...error.extra });
      return !this.isOrdered;
    }
  }

  /** The `writeErrors` of the reply, if there are any. */
  toReply(): Doc {
    const errors = [...this.#errors].sort((a, b) => Number(a.index) - Number(b.index));
    return errors.length > 0 ? { writeErrors: errors } : {};
  }
}
