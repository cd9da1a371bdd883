import { MemoryBus } from '../../src/bus/memory-bus.js';
import { composeCore, type Core } from '../../src/composition/core.js';
import { readConfig } from '../../src/config.js';
import { openTestDatabase, type TestDatabase } from './database.js';

/** Processes over one database that hear nothing of each other, as far as a core goes. */
export interface TestCores {
  readonly database: TestDatabase;
  /** One more; it ends with the test. */
  compose(): Core;
}

/** To be called once in a `describe`: its tests share a database. */
export function testCores(): TestCores {
  let database: TestDatabase;
  const composed: Core[] = [];
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterEach(async () => {
    await Promise.all(composed.splice(0).map(({ log }) => log.stop()));
  });
  afterAll(() => database.stop());
  return {
    get database() {
      return database;
    },
    compose: () => {
      const { collections } = database;
      const onError = (error: unknown): void => expect(error).toBeUndefined();
      const core = composeCore({ config: readConfig({}), collections, bus: new MemoryBus(), onError });
      composed.push(core);
      return core;
    },
  };
}
