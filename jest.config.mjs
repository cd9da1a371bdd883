/** Tests run on the compiled output: what is tested is what is started, and nothing is transformed twice. */
export default {
  testEnvironment: '<rootDir>/test/support/jest-environment.mjs',
  roots: ['<rootDir>/dist/test'],
  testMatch: ['**/*.test.js'],
  testPathIgnorePatterns: ['<rootDir>/dist/test/faults/', '<rootDir>/dist/test/web/'],
  transform: {},
  // Classes with decorators are loaded by themselves here; the program loads it first.
  setupFiles: ['reflect-metadata'],
  maxWorkers: 2,
  // A worker keeps the modules of every file that it has run.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 20_000,
};
