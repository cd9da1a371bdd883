import { types } from 'node:util';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Jest runs tests in a realm of their own, so a Date or an Error made by Node's core, a worker or fetch would fail
 * `instanceof` there. Sharing the plain classes and recognising native errors makes tests see what production sees.
 */
export default class ChatsetEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    Object.assign(this.global, { Date, Map, Set });
    const RealmError = this.global.Error;
    Object.defineProperty(RealmError, Symbol.hasInstance, {
      value(candidate) {
        return this === RealmError
          ? types.isNativeError(candidate) || Function.prototype[Symbol.hasInstance].call(this, candidate)
          : Function.prototype[Symbol.hasInstance].call(this, candidate);
      },
    });
  }
}
