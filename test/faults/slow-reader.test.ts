import { print } from 'graphql';
import { ConversationFeedDocument } from '../../src/generated/operations.js';
import { buildGroup, say } from '../support/builders.js';
import { type Server, TestCluster } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import { eventsOf, type FeedRecording } from '../support/feeds.js';
import { RawSocket } from '../support/raw-socket.js';
import { Recording } from '../support/recording.js';
import type { Person } from '../support/wire-person.js';
import { unlimitedReaders } from './support/broken/builds.js';
import { countsOf, measured, memoryOf } from './support/measured-server.js';

const readers = 999;
const socketsEach = 111;
/** The longest message there may be: 16 kB. */
const long = '😀'.repeat(4_000);
const atOnce = 50;
const unreadMbOfRound = (atOnce * Buffer.byteLength(long)) / 1_048_576;
/**
 * What the server may hold more than before, MB, whenever nothing is under way. Of what is left unread it keeps 1 MiB
 * for the socket (`maxBufferedBytes`) and the one message that went beyond; it also goes on to learn and to compile for
 * a while, up to 4 MB where this was measured.
 */
const maxGrowthMb = 8;
/** So much is left unread at least, MB: a server that kept it would hold far more than it may. */
const minUnreadMb = 4 * maxGrowthMb;
/** Rounds between two measurements. */
const measuredEvery = 5;

describe('a reader that stops reading', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await TestCluster.start();
  });
  afterAll(() => cluster.stop());

  /** Somebody who follows a group in which much is said. */
  async function stage(server: Server) {
    const [ana, luis] = [await cluster.person(server, 'ana'), await cluster.person(server, 'luis')];
    return { ana, loud: await buildGroup(ana, [luis]), slow: await slowFollower(luis) };
  }

  it(`is cut, while ${readers} others notice nothing and the server does not grow`, async () => {
    const server = await cluster.serve(measured());
    const { ana, loud, slow } = await stage(server);
    const others: Person[] = [];
    for (let at = 0; at < 9; at++) others.push(await cluster.person(server, `p${at}`));
    const quiet = await buildGroup(ana, others);
    const feeds: FeedRecording[] = [];
    for (let at = 0; at < socketsEach; at++) feeds.push(...(await Promise.all(others.map(followAlone))));
    expect(await countsOf(server)).toMatchObject({ cut: 0, sockets: readers + 1 });

    const said: string[] = [];
    const growthMb = await speak(server, {
      slow,
      round: async () => {
        await sayMuch(ana, loud);
        said.push((await say(ana, quiet, `n${said.length}`)).content);
        await eventually(() => expect(feeds.every((feed) => eventsOf(feed).length === said.length)).toBe(true), 20_000);
      },
      isOver: async () => (await countsOf(server)).cut > 0,
    });
    expect(Math.max(...growthMb)).toBeLessThan(maxGrowthMb);

    // Who reads nothing cannot be told why: the server writes it down, and drops the connection a little later.
    expect(server.output).toMatch(/"protocol":"graphql-ws".*A socket was closed because it does not read\./);
    await eventually(async () => expect(await countsOf(server)).toMatchObject({ cut: 1, sockets: readers }), 15_000);
    slow.socket.resume();
    expect(await slow.end()).toEqual({ code: 1006, reason: '' });
    for (const feed of feeds) {
      expect(eventsOf(feed).map(({ message }) => message?.content)).toEqual(said);
      expect(feed.ended).toBeUndefined();
    }
  }, 180_000);

  it('would make a server grow that does not hold it back', async () => {
    const server = await cluster.serve(measured(unlimitedReaders.name));
    const { ana, loud, slow } = await stage(server);
    const round = () => sayMuch(ana, loud);
    const growthMb = await speak(server, { slow, round, isOver: () => Promise.resolve(true) });
    slow.socket.terminate();
    expect(growthMb.at(-1)).toBeGreaterThan(maxGrowthMb);
  }, 180_000);
});

interface Speech {
  readonly slow: RawSocket;
  /** Says something, and waits until everybody who reads has it. */
  readonly round: () => Promise<unknown>;
  /** Whether enough was said, once the least is left unread. */
  readonly isOver: () => Promise<boolean>;
}

/** @returns by how much the server had grown at each measurement, MB */
async function speak(server: Server, { slow, round, isOver }: Speech): Promise<number[]> {
  // What is learned at the first rounds belongs to the beginning.
  for (let warming = 0; warming < measuredEvery; warming++) await round();
  const before = await memoryOf(server);
  slow.socket.pause();
  const growthMb: number[] = [];
  for (let rounds = 1; ; rounds++) {
    await round();
    if (rounds % measuredEvery === 0) growthMb.push((await memoryOf(server)) - before);
    if (rounds * unreadMbOfRound >= minUnreadMb && (await isOver())) return growthMb;
  }
}

async function sayMuch(person: Person, conversationId: string): Promise<void> {
  await Promise.all(Array.from({ length: atOnce }, () => say(person, conversationId, long)));
}

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
