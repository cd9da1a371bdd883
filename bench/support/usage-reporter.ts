/*
 * Loaded into a measured server before its own code, with --expose-gc: answers every message of the process that started it
 * with what the server uses.
 */

/** What a process uses. */
export interface Usage {
  /** Bytes of objects, and of buffers outside of the heap. */
  readonly heap: number;
  /** Bytes of resident memory. */
  readonly resident: number;
  /** Milliseconds of all threads since the start. */
  readonly cpu: number;
}

process.on('message', () => {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { heapUsed, external, rss } = process.memoryUsage();
  const usage: Usage = { heap: heapUsed + external, resident: rss, cpu: (user + system) / 1_000 };
  process.send?.(usage);
});
process.channel?.unref();
