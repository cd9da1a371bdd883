import config from './jest.config.mjs';

/** The tests that break things on purpose, hundreds of times: too long for every day. */
export default { ...config, testMatch: ['**/test/faults/**/*.test.js'], testPathIgnorePatterns: [] };
