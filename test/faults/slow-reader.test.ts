import { print } from 'graphql';
import { ConversationFeedDocument } from '../../src/generated/operations.js';
import { buildGroup, say } from '../support/builders.js';
import { type Server, TestCluster } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import { eventsOf, type FeedRecording } from '../support/feeds.js';
import { RawSocket } from '../support/raw-socket.js';
import { Recording } from '../support/recording.js';
import type { Person } from '../support/wire-person.js';

const readers = 999;
const socketsEach = 111;
/** The longest message there may be: 16 kB. */
const long = '😀'.repeat(4_000);
const atOnce = 50;
const megabyte = 1_048_576;
/** What the server may hold more in the end than before, as a part of what was left unread: less than if it kept that. */
const growthPart = 0.85;

const garbageCollector = new URL('./support/collect-garbage.js', import.meta.url).href;

/** What a server counts. */
async function countsOf({ url }: Server) {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const valueOf = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]);
  return {
    heldMb: (valueOf('nodejs_heap_size_used_bytes') + valueOf('nodejs_external_memory_bytes')) / megabyte,
    cut: valueOf('chatset_slow_readers_cut_total'),
    sockets: valueOf('chatset_connections\\{protocol="graphql-ws"\\}'),
  };
}

/** The memory that a server holds without its garbage, MB. */
async function memoryOf(server: Server): Promise<number> {
  process.kill(server.pid!, 'SIGUSR2');
  return (await countsOf(server)).heldMb;
}

describe('a reader that stops reading', () => {
  let cluster: TestCluster;
  let server: Server;
  beforeAll(async () => {
    cluster = await TestCluster.start();
    server = await cluster.serve({ LOG_LEVEL: 'info', NODE_OPTIONS: `--import=${garbageCollector}` });
  });
  afterAll(() => cluster.stop());

  it(`is cut, while ${readers} others notice nothing and the server does not grow`, async () => {
    const people: Person[] = [];
    for (let at = 0; at < 10; at++) people.push(await cluster.person(server, `p${at}`));
    const [ana, ...others] = people as [Person, ...Person[]];
    const quiet = await buildGroup(ana, others);
    const feeds: FeedRecording[] = [];
    for (let at = 0; at < socketsEach; at++) feeds.push(...(await Promise.all(others.map(followAlone))));
    const luis = await cluster.person(server, 'luis');
    const loud = await buildGroup(ana, [luis]);
    const slow = await slowFollower(luis);
    expect(await countsOf(server)).toMatchObject({ cut: 0, sockets: readers + 1 });

    const before = await memoryOf(server);
    slow.socket.pause();
    const said: string[] = [];
    const held: number[] = [];
    do {
      await Promise.all(Array.from({ length: atOnce }, () => say(ana, loud, long)));
      said.push((await say(ana, quiet, `n${said.length}`)).content);
      if (said.length % 10 === 0) held.push(await memoryOf(server));
    } while ((await countsOf(server)).cut === 0);
    const unreadMb = (said.length * atOnce * Buffer.byteLength(long)) / megabyte;
    // What is being sent while it is measured comes and goes; what is kept for the reader would only grow.
    expect(Math.min(...held.slice(-3)) - before).toBeLessThan(growthPart * unreadMb);

    // Who reads nothing cannot be told why: the server writes it down, and drops the connection a little later.
    expect(server.output).toMatch(/"protocol":"graphql-ws".*A socket was closed because it does not read\./);
    await eventually(async () => expect(await countsOf(server)).toMatchObject({ cut: 1, sockets: readers }), 15_000);
    slow.socket.resume();
    expect(await slow.end()).toEqual({ code: 1006, reason: '' });
    for (const feed of feeds) {
      await eventually(() => expect(eventsOf(feed).map(({ message }) => message?.content)).toEqual(said));
      expect(feed.ended).toBeUndefined();
    }
  }, 180_000);
});

/** A feed on a socket of its own. */
async function followAlone(person: Person): Promise<FeedRecording> {
  const recording: FeedRecording = new Recording(person.connect(), { query: print(ConversationFeedDocument) });
  await recording.ready();
  return recording;
}

/** A feed on a socket that can be stopped from reading. */
async function slowFollower({ url, token }: Person): Promise<RawSocket> {
  const raw = await RawSocket.open(`${url.replace('http', 'ws')}/graphql`);
  await raw.init({ token });
  raw.subscribe('1', print(ConversationFeedDocument));
  await eventually(() => expect(raw.messages.map(({ type }) => type)).toContain('next'));
  return raw;
}
