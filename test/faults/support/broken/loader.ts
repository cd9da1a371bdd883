import { register } from 'node:module';
import { changedBuilds } from './builds.js';

/*
 * Loaded into a server before everything else (`--import`): with BROKEN_BUILD its modules are changed as they are loaded.
 */

const build = changedBuilds.find(({ name }) => name === process.env.BROKEN_BUILD);
if (build) register('./hooks.js', { parentURL: import.meta.url, data: build.changes });
else if (process.env.BROKEN_BUILD) throw new Error(`There is no broken build "${process.env.BROKEN_BUILD}".`);
