import type { Server } from '../../support/cluster.js';
import { eventually } from '../../support/eventually.js';

const brokenLoader = new URL('./broken/loader.js', import.meta.url).href;
const garbageCollector = new URL('./collect-garbage.js', import.meta.url).href;
const megabyte = 1_048_576;

/** What a server writes when it has collected its garbage. */
export const garbageCollected = 'garbage collected';

/** The settings of a server whose memory is measured. @param brokenBuild see `broken/builds.ts` */
export function measured(brokenBuild = ''): Record<string, string> {
  const NODE_OPTIONS = [brokenLoader, garbageCollector].map((module) => `--import=${module}`).join(' ');
  return { LOG_LEVEL: 'info', BROKEN_BUILD: brokenBuild, NODE_OPTIONS };
}

/** What a server counts. */
export async function countsOf({ url }: Server) {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const valueOf = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]);
  return {
    heldMb: (valueOf('nodejs_heap_size_used_bytes') + valueOf('nodejs_external_memory_bytes')) / megabyte,
    cut: valueOf('chatset_slow_readers_cut_total'),
    sockets: valueOf('chatset_connections\\{protocol="graphql-ws"\\}'),
  };
}

/** The memory that a server holds without its garbage, MB. */
export async function memoryOf(server: Server): Promise<number> {
  const collections = () => server.output.split(garbageCollected).length;
  const before = collections();
  server.signal('SIGUSR2');
  await eventually(() => expect(collections()).toBeGreaterThan(before), 20_000);
  return (await countsOf(server)).heldMb;
}
