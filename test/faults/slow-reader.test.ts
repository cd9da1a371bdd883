import { readFile } from 'node:fs/promises';
import { print } from 'graphql';
import { createClient } from 'graphql-ws';
import { ConversationFeedDocument } from '../../src/generated/operations.js';
import { buildGroup, say } from '../support/builders.js';
import { type Server, TestCluster } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import { eventsOf, type FeedRecording } from '../support/feeds.js';
import { Recording } from '../support/recording.js';
import type { Person } from '../support/wire-person.js';
import { RecordedSockets } from './support/recording-socket.js';

const readers = 999;
const socketsEach = 111;
/** What the server may grow while it holds a reader back: far less than what that reader has not read. */
const growthMb = 100;
const unreadMb = 200;

/** Resident memory of a process, MB. */
async function memoryOf({ pid }: Server): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
}

describe('a reader that stops reading', () => {
  let cluster: TestCluster;
  let server: Server;
  beforeAll(async () => {
    cluster = await TestCluster.start();
    server = await cluster.serve({});
  });
  afterAll(() => cluster.stop());

  it(`is cut, while ${readers} others notice nothing and the server does not grow`, async () => {
    const people: Person[] = [];
    for (let at = 0; at < 10; at++) people.push(await cluster.person(server, `p${at}`));
    const [ana, ...others] = people as [Person, ...Person[]];
    const quiet = await buildGroup(ana, others);
    const feeds: FeedRecording[] = [];
    for (const person of others) for (let at = 0; at < socketsEach; at++) feeds.push(await followAlone(person));

    const luis = await cluster.person(server, 'luis');
    const loud = await buildGroup(ana, [luis]);
    const { stall, closed } = await slowFollower(luis);
    const before = await memoryOf(server);
    stall();
    const messages = (unreadMb * 1_048_576) / 4_000;
    const long = 'ñ'.repeat(2_000);
    let said = 0;
    for (let at = 0; at < messages; at += 50) {
      await Promise.all(Array.from({ length: 50 }, () => say(ana, loud, long)));
      if (at % 5_000 === 0) await say(ana, quiet, `n${(said += 1)}`);
    }
    const grown = (await memoryOf(server)) - before;
    // Who reads again within five seconds is told 4490; who does not, has not read the close frame either.
    expect([4490, 1006]).toContain((await closed).code);
    const expected = Array.from({ length: said }, (_, at) => `n${at + 1}`);
    for (const feed of feeds) {
      await eventually(() => expect(eventsOf(feed).map(({ message }) => message?.content)).toEqual(expected));
      expect(feed.ended).toBeUndefined();
    }
    process.stdout.write(`grown ${Math.round(grown)} MB while ${unreadMb} MB were not read\n`);
    expect(grown).toBeLessThan(growthMb);
  }, 400_000);
});

/** A feed on a socket of its own. */
async function followAlone(person: Person): Promise<FeedRecording> {
  const recording: FeedRecording = new Recording(person.connect(), { query: print(ConversationFeedDocument) });
  await recording.ready();
  return recording;
}

/** A feed whose socket can be stopped from reading, and how it was closed. */
async function slowFollower(person: Person) {
  const sockets = new RecordedSockets(person.id);
  let stall = (): void => undefined;
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    const client = createClient({
      url: `${person.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: sockets.Socket,
      connectionParams: { token: person.token },
      retryAttempts: 0,
    });
    client.on('closed', (event) => resolve(event as { code: number; reason: string }));
    const recording = new Recording(client, { query: print(ConversationFeedDocument) });
    void recording.ready();
    stall = () => sockets.stall(45_000);
  });
  await eventually(() => expect(sockets.wires).toHaveLength(1));
  return { stall, closed };
}
