import config from './jest.config.mjs';

/** The tests that play people in a browser, against servers of their own. One file at a time: they measure. */
export default {
  ...config,
  testMatch: ['**/test/web/**/*.test.js'],
  testPathIgnorePatterns: [],
  maxWorkers: 1,
  testTimeout: 90_000,
};
