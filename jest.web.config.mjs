import config from './jest.config.mjs';

/** The tests in a real browser, on the built pages. */
export default { ...config, testMatch: ['**/test/web/**/*.test.js'], testPathIgnorePatterns: [] };
