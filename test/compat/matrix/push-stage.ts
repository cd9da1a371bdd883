import { startChatset, type TestServer } from '../../support/chatset.js';
import { rest } from '../../support/rest.js';
import { TestSocket } from '../../support/socket-io.js';
import type { Person } from '../../support/wire-person.js';
import { eventually } from '../../support/eventually.js';
import type { Onlooker, PushWorld } from './push-scenarios.js';

const names = ['ana', 'leo', 'mia', 'eva', 'oto', 'sol', 'zoe'] as const;
type Cast = Record<(typeof names)[number], Person>;
const playedBy = { blockedMember: 'mia', blocked: 'eva', removed: 'oto', stranger: 'sol' } as const;

/** Sockets of everybody whom a push could reach. */
export class PushStage {
  /** Of the member, with clients of today and of old, and one that follows. */
  readonly sockets: { readonly today: TestSocket; readonly old: TestSocket; readonly follower: TestSocket };

  private constructor(
    private readonly server: TestServer,
    private readonly cast: Cast,
    readonly onlookers: ReadonlyMap<Onlooker, TestSocket>,
  ) {
    const { url } = server;
    const { token } = cast.leo;
    this.sockets = {
      today: TestSocket.modern(url, token),
      old: TestSocket.old(url, token),
      follower: TestSocket.modern(url, token),
    };
  }

  static async open(): Promise<PushStage> {
    const server = await startChatset();
    const people = await server.people(...names);
    const cast = Object.fromEntries(people.map((person, at) => [names[at], person])) as unknown as Cast;
    const { ana, leo, eva } = cast;
    await as(ana, 'POST /conversations', { userId: leo.id });
    await as(ana, 'POST /conversations', { userId: eva.id });
    await as(ana, `PUT /blocks/${eva.id}`);
    const onlookers = new Map<Onlooker, TestSocket>([['nobody', TestSocket.modern(server.url)]]);
    for (const [role, name] of Object.entries(playedBy)) {
      onlookers.set(role as Onlooker, await TestSocket.modern(server.url, cast[name].token).welcomed());
    }
    const stage = new PushStage(server, cast, onlookers);
    for (const socket of Object.values(stage.sockets)) await socket.welcomed();
    await stage.sockets.follower.ask('conversation follow', {});
    return stage;
  }

  /** A group with everybody who belongs into it, of which everybody has heard. */
  async world(): Promise<PushWorld> {
    const { ana, leo, mia, oto } = this.cast;
    await as(ana, `DELETE /blocks/${mia.id}`);
    const userIds = [leo, mia, oto].map(({ id }) => id);
    const { id: direct } = await as(ana, 'POST /conversations', { userId: leo.id });
    const { id: group } = await as(ana, 'POST /groups', { title: 'Club', userIds });
    const { id: message } = await as(ana, `POST /conversations/${group}/messages`, { content: 'Hola' });
    await as(ana, `DELETE /groups/${group}/users/${oto.id}`);
    await as(ana, `PUT /blocks/${mia.id}`);
    await this.settle();
    const newcomer = async () => (await this.server.people('new'))[0];
    const { today: socket, follower } = this.sockets;
    return { as, owner: ana, member: leo, socket, follower, group, direct, message, newcomer };
  }

  /** Waits until everybody has heard of what was told before: each is told something more, which is the last thing. */
  async settle(): Promise<void> {
    const { leo, mia, eva, oto, sol, zoe } = this.cast;
    for (const person of [leo, mia, eva, oto, sol]) {
      await as(person, `PUT /contacts/${zoe.id}`);
      const counts = this.socketsOf(person).map((socket) => socket.of('contact user remove').length);
      await as(person, `DELETE /contacts/${zoe.id}`);
      await eventually(() =>
        this.socketsOf(person).forEach((socket, at) => {
          expect([person.username, at, socket.ended]).toEqual([person.username, at, undefined]);
          expect(socket.of('contact user remove').length).toBeGreaterThan(counts[at]!);
        }),
      );
    }
    await this.onlookers.get('nobody')!.ask('user data');
    for (const socket of [...this.onlookers.values(), ...Object.values(this.sockets)]) {
      const others = socket.received.filter(([, data]) => !JSON.stringify(data ?? null).includes(zoe.id));
      socket.received.splice(0, Infinity, ...others);
    }
  }

  async close(): Promise<void> {
    for (const socket of [...this.onlookers.values(), ...Object.values(this.sockets)]) socket.close();
    await this.server.stop();
  }

  private socketsOf(person: Person): TestSocket[] {
    if (person === this.cast.leo) return Object.values(this.sockets);
    const [role] = Object.entries(playedBy).find(([, name]) => this.cast[name] === person)!;
    return [this.onlookers.get(role as Onlooker)!];
  }
}

async function as({ url, token }: Person, at: string, body?: unknown): Promise<{ id: string }> {
  const answer = await rest(url, at, { token, body });
  if (answer.status >= 300) throw new Error(`${at} was answered ${answer.status} ${answer.text}`);
  return answer.body.data as { id: string };
}
