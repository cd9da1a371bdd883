import {
  ConversationDocument,
  ConversationHeadsDocument,
  GroupCreateDocument,
  UserRegisterDocument,
} from '../../../src/generated/operations.js';
import { Random } from '../../embedded-mongo/support/random.js';
import { GraphqlFailure, send } from '../../support/wire-person.js';
import { Actor } from './actor.js';
import type { History, Standing } from './history.js';
import type { World } from './world.js';

const people = 6;
const groups = 3;

/** The people of a run, and the groups in which they talk. */
export class Stage {
  private constructor(
    readonly world: World,
    readonly actors: readonly Actor[],
    readonly groupIds: readonly string[],
  ) {}

  /** The first person owns all groups and never leaves. */
  static async build(world: World, seed: number): Promise<Stage> {
    const randoms = Array.from({ length: people }, (_, at) => new Random(seed + at));
    const actors = await Promise.all(randoms.map((random) => register(world, random)));
    const groupIds = await foundGroups(world, actors);
    const stage = new Stage(world, actors, groupIds);
    actors.forEach((actor, at) => actor.wake(world.servers[at % world.servers.length]!.url));
    return stage;
  }

  /** What happened so far. The log is read last, so that it holds whatever was answered and shown. */
  async history(): Promise<History> {
    const { actors, world } = this;
    const seen = structuredClone({
      deeds: actors.flatMap(({ attempts }) => attempts.deeds),
      sendings: actors.flatMap(({ sendings }) => sendings),
      views: actors.map(({ identity, sights }) => ({ userId: identity.id, sights })),
      wires: actors.flatMap(({ sockets }) => sockets.wires),
    });
    return { ...seen, log: await world.readLog(), standings: [] };
  }

  /** What every server says to everybody. */
  async standings(): Promise<Standing[]> {
    const found: Promise<Standing>[] = [];
    for (const { url } of this.world.servers) {
      for (const { identity } of this.actors) {
        for (const id of this.groupIds) found.push(standingOf(url, identity, id));
      }
    }
    return Promise.all(found);
  }

  /** Ends when every server has answered something. */
  async everyServerAnswers(): Promise<void> {
    const token = this.actors[0]?.identity.token;
    await Promise.all(
      this.world.servers.map(({ url }) => send({ url, token }, ConversationHeadsDocument, { first: 1 })),
    );
  }
}

async function register({ servers }: World, random: Random): Promise<Actor> {
  const input = { username: `p-${random.seed}`, password: 'correct horse battery staple' };
  const { userRegister } = await send(servers[0]!, UserRegisterDocument, { input });
  return new Actor({ id: userRegister.user.id, token: userRegister.token }, random);
}

async function foundGroups({ servers }: World, [owner, ...others]: readonly Actor[]): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < groups; at++) {
    const input = { title: `g${at}`, userIds: others.map(({ identity }) => identity.id) };
    const caller = { url: servers[0]!.url, token: owner!.identity.token };
    ids.push((await send(caller, GroupCreateDocument, { input })).groupCreate.conversation.id);
  }
  return ids;
}

async function standingOf(url: string, { id: userId, token }: Actor['identity'], id: string): Promise<Standing> {
  const where = { server: url, userId, conversationId: id };
  try {
    const { conversation } = await send({ url, token }, ConversationDocument, { id });
    if (!conversation?.me) return where;
    const { firstSeq, lastSeq, unreadCount: unread, me } = conversation;
    return { ...where, numbers: { firstSeq, lastSeq, readSeq: me.readSeq, unread } };
  } catch (error) {
    if (error instanceof GraphqlFailure && error.code === 'NOT_FOUND') return where;
    throw error;
  }
}
