import { jest } from '@jest/globals';
import {
  ConversationEventsDocument,
  TypingChangedDocument,
  TypingSetDocument,
  UserRegisterDocument,
} from '../../src/generated/operations.js';
import { buildDirect, buildGroup } from '../support/builders.js';
import { chatClient, type RecordedClient } from '../support/chat-clients.js';
import { eventually as soon } from '../support/eventually.js';
import { Program, workingFolder } from '../support/program.js';
import { Person, send } from '../support/wire-person.js';

jest.setTimeout(300_000);

/** A server needs time to start, and a client that has tried in vain waits longer from time to time. */
const eventually = (check: () => void): Promise<void> => soon(check, 60_000);

/** A server as a process of its own, that can die and come back on the same port with the same data. */
class Mortal {
  private constructor(
    private readonly folder: string,
    private program: Program & { readonly url: string },
  ) {}

  static async serve(folder: string): Promise<Mortal> {
    return new Mortal(folder, await Program.serve(folder, { RATE_LIMITS: 'off' }));
  }

  get url(): string {
    return this.program.url;
  }

  /** As a power cut does. */
  async die(): Promise<void> {
    await this.program.kill();
  }

  async live(): Promise<void> {
    const { port } = new URL(this.url);
    this.program = await Program.serve(this.folder, { RATE_LIMITS: 'off', PORT: port });
  }

  async person(name: string): Promise<Person> {
    const password = 'correct horse battery staple';
    const { userRegister } = await send(this, UserRegisterDocument, { input: { username: name, password } });
    return new Person(this.url, { ...userRegister.user, token: userRegister.token, password });
  }
}

let folder: Awaited<ReturnType<typeof workingFolder>>;
let server: Mortal;
beforeEach(async () => {
  folder = await workingFolder();
  server = await Mortal.serve(folder.path);
});
afterEach(async () => {
  await server.die();
  await folder.remove();
});

/** The contents of all messages of a conversation as they are stored. */
async function storedContents(person: Person, conversationId: string): Promise<string[]> {
  const contents: string[] = [];
  for (let after = 0; ; after += 200) {
    const variables = { conversationId, after, first: 200 };
    const { events, hasMore } = (await person.run(ConversationEventsDocument, variables)).conversationEvents;
    contents.push(...events.flatMap(({ type, message }) => (type === 'MESSAGE_ADDED' ? [message?.content ?? ''] : [])));
    if (!hasMore) return contents;
  }
}

const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, at) => `${prefix} ${at}`);

function sendAll(client: RecordedClient, conversationId: string, contents: readonly string[]): void {
  for (const content of contents) client.send({ conversationId, content });
}

describe('a client whose server dies', () => {
  it('loses and doubles nothing and keeps the order, in the middle of sends and of delivery', async () => {
    const [ana, leo] = [await server.person('ana'), await server.person('leo')];
    const chats = [await buildDirect(ana, leo), await buildGroup(ana, [leo])];
    const [sender, listener] = [chatClient(ana), chatClient(leo)];
    await Promise.all([sender.live(), listener.live()]);

    const contents = chats.map((_chat, at) => numbered(`chat ${at}`, 120));
    chats.forEach((chat, at) => sendAll(sender, chat, contents[at] ?? []));
    for (const acknowledged of [20, 90, 160]) {
      await eventually(() => expect(sender.sentMessages.length).toBeGreaterThan(acknowledged));
      await server.die();
      await eventually(() => expect([sender.state, listener.state]).toEqual(['offline', 'offline']));
      await server.live();
      await eventually(() => expect([sender.state, listener.state]).toEqual(['live', 'live']));
    }
    await eventually(() => expect(sender.outbox).toEqual([]));

    for (const [at, chat] of chats.entries()) {
      expect(await storedContents(ana, chat)).toEqual(contents[at]);
      const heard = () => listener.events.filter(({ conversationId }) => conversationId === chat);
      await eventually(() => expect(heard()).toHaveLength(120));
      expect(heard().map(({ message }) => message?.content)).toEqual(contents[at]);
    }
    expect(sender.sentMessages).toHaveLength(240);
    expect(listener.resets).toEqual([]);
  });

  it('sends what was written meanwhile, also after it was itself closed', async () => {
    const [ana, leo] = [await server.person('ana'), await server.person('leo')];
    const chat = await buildDirect(ana, leo);
    const storage = new Map<string, string>();
    const before = chatClient(ana, { storage });
    await before.live();
    await server.die();
    await eventually(() => expect(before.state).toBe('offline'));
    sendAll(before, chat, ['one', 'two']);
    expect(before.outbox).toMatchObject([{ status: 'waiting' }, { status: 'waiting' }]);
    await before.close();

    const after = chatClient(ana, { storage });
    sendAll(after, chat, ['three']);
    after.connect();
    await eventually(() => expect(after.state).toBe('offline'));
    await server.live();
    await eventually(() => expect(after.sentMessages).toHaveLength(3));
    expect(await storedContents(ana, chat)).toEqual(['one', 'two', 'three']);
    expect([...storage.keys()]).toEqual(['known']);
  });

  it('looks again at what it looked at live', async () => {
    const [ana, leo] = [await server.person('ana'), await server.person('leo')];
    const chat = await buildDirect(ana, leo);
    const client = chatClient(leo);
    const seen: boolean[] = [];
    client.subscribe(TypingChangedDocument, { conversationId: chat }, ({ typingChanged }) =>
      seen.push(typingChanged.typing),
    );
    await client.live();
    await server.die();
    await eventually(() => expect(client.state).toBe('offline'));
    await server.live();
    await eventually(() => expect(client.state).toBe('live'));
    await ana.run(TypingSetDocument, { input: { conversationId: chat, typing: true } });
    await eventually(() => expect(seen).toEqual([true]));
  });

  it('does not double what two tabs with one storage have to send', async () => {
    const [ana, leo] = [await server.person('ana'), await server.person('leo')];
    const chat = await buildDirect(ana, leo);
    const storage = new Map<string, string>();
    sendAll(chatClient(ana, { storage }), chat, numbered('message', 20));
    const tabs = [chatClient(ana, { storage }), chatClient(ana, { storage })];
    tabs.forEach((tab) => tab.connect());
    await eventually(() => expect(tabs.map(({ outbox }) => outbox)).toEqual([[], []]));
    expect(await storedContents(ana, chat)).toEqual(numbered('message', 20));
  });
});
