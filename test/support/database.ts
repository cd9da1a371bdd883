import type { Database } from '../../src/database/database.js';

/** An open database that goes away with the test. */
export interface TestDatabase extends Database {
  stop(): Promise<void>;
}
export declare function openTestDatabase(): Promise<TestDatabase>;
