import type { BrokenBuild, ChangedBuild } from './build.js';
import { displayBuilds, leavingBuilds } from './display-builds.js';
import { halfDoneBuilds, processBuilds } from './process-builds.js';
import { requestBuilds } from './request-builds.js';

/** Builds of which the checker must find out what is wrong with them. */
export const brokenBuilds: readonly BrokenBuild[] = [
  ...displayBuilds,
  ...leavingBuilds,
  ...requestBuilds,
  ...halfDoneBuilds,
  ...processBuilds,
];

/** Whoever reads slowly is written to without an end, and never cut. */
export const unlimitedReaders: ChangedBuild = {
  name: 'slow readers are not held back',
  changes: [{ module: 'http/ws-connection.js', from: 'if (this.bufferedAmount < maxBufferedBytes)', to: 'if (true)' }],
};

/** All that a server can be started as. */
export const changedBuilds: readonly ChangedBuild[] = [...brokenBuilds, unlimitedReaders];
