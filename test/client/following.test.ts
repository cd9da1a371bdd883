import { WebSocket } from 'ws';
import { GroupUserAddDocument, GroupUserRemoveDocument } from '../../src/generated/operations.js';
import { buildDirect, buildGroup, fillLog, say, sayAll } from '../support/builders.js';
import { chatClient, contentsOf } from '../support/chat-clients.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';

let server: TestServer;
beforeAll(async () => {
  server = await startChatset();
});
afterAll(() => server.stop());

describe('a client that follows', () => {
  it('is told of what comes after its first start, also in conversations that begin later', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const old = await buildDirect(ana, leo);
    await say(ana, old, 'before');
    const client = chatClient(leo);
    await client.live();
    await say(ana, old, 'after');
    const group = await buildGroup(ana, [leo]);
    await say(ana, group, 'new');
    await eventually(() => expect(contentsOf(client)).toEqual(['after', 'new']));
    expect(client.told).toEqual(['caughtUp', 'MESSAGE_ADDED 2', 'GROUP_CREATED 1', 'MESSAGE_ADDED 2']);
    expect([...client.known]).toEqual([
      [old, 2],
      [group, 2],
    ]);
    expect(client.states).toEqual(['connecting', 'live']);
  });

  it('continues after a restart where its storage says, with what it missed, once', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    const storage = new Map<string, string>();
    const before = chatClient(leo, { storage });
    await before.live();
    await say(ana, chat, 'one');
    await eventually(() => expect(contentsOf(before)).toEqual(['one']));
    await before.close();
    expect(before.state).toBe('closed');
    await sayAll(ana, chat, ['two', 'three']);

    const after = chatClient(leo, { storage });
    await after.live();
    expect(after.told).toEqual(['MESSAGE_ADDED 2', 'MESSAGE_ADDED 3', 'caughtUp']);
  });

  it('starts from now on when its storage holds something else', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    await say(ana, chat, 'before');
    for (const known of ['nonsense', '[["a",-1]]', '[[1,2]]', '{}', '[null]']) {
      const client = chatClient(leo, { storage: new Map([['known', known]]) });
      await client.live();
      expect(client.told).toEqual(['caughtUp']);
    }
  });

  it('pages what is too much for a replay, in order, and goes on live behind it', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    const contents = Array.from({ length: 250 }, (_nothing, at) => `${at + 1}`);
    await fillLog(server.app.collections, ana, { conversationId: chat, first: 1, count: contents.length });
    const client = chatClient(leo, { knownAtStart: [] });
    client.connect();
    await sayAll(ana, chat, ['live 1', 'live 2']);
    await eventually(() => expect(contentsOf(client)).toEqual([...contents, 'live 1', 'live 2']));
    expect(client.events.map(({ seq }) => seq)).toEqual(client.events.map((_, at) => at + 1));
    expect(client.resets).toEqual([]);
  });

  it('only says so when it is not to replay, and goes on after it', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    await sayAll(ana, chat, ['one', 'two']);
    const client = chatClient(leo, { knownAtStart: [], onReset: 'skip' });
    await client.live();
    await say(ana, chat, 'three');
    await eventually(() => expect(client.told).toEqual(['reset', 'caughtUp', 'MESSAGE_ADDED 3']));
    expect(client.resets).toEqual([{ conversationId: chat, firstSeq: 1, lastSeq: 2 }]);
  });

  it('says that what it handed out is void when the log of the server is shorter, and replays it', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    await sayAll(ana, chat, ['one', 'two']);
    const client = chatClient(leo, { knownAtStart: [{ conversationId: chat, seq: 7 }] });
    await client.live();
    await eventually(() => expect(client.told).toEqual(['reset', 'MESSAGE_ADDED 1', 'MESSAGE_ADDED 2', 'caughtUp']));
    expect(client.known.get(chat)).toBe(2);
  });

  it('drops what comes twice, and asks for what does not come before it goes on', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    class BadSocket extends WebSocket {
      override emit(event: string, ...values: unknown[]): boolean {
        const text = event === 'message' ? String(values[0]) : '';
        if (text.includes('lost')) return true;
        if (text.includes('doubled')) super.emit(event, ...values);
        return super.emit(event, ...values);
      }
    }
    const client = chatClient(leo, { webSocketImpl: BadSocket });
    await client.live();
    const contents = ['one', 'doubled', 'lost 1', 'lost 2', 'two', 'lost 3', 'doubled again'];
    await sayAll(ana, chat, contents);
    await eventually(() => expect(contentsOf(client)).toEqual(contents));
    expect(client.told.slice(1)).toEqual(contents.map((_content, at) => `MESSAGE_ADDED ${at + 1}`));
    expect(client.state).toBe('live');
  });

  it('can be closed by a listener', async () => {
    const [leo] = await server.people('leo');
    for (const [nth, expected] of [
      ['connecting', 'closed'],
      ['connecting', 'live', 'closed'],
    ].entries()) {
      const client = chatClient(leo);
      client.on('state', () => client.states.length > nth && void client.close());
      client.connect();
      await eventually(() => expect(client.states).toEqual(expected));
      expect(client.state).toBe('closed');
    }
  });

  it('is told when a conversation is over, and begins it anew when it is added again', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const group = await buildGroup(ana, [leo]);
    const client = chatClient(leo);
    await client.live();
    const input = { groupId: group, userId: leo.id };
    await ana.run(GroupUserRemoveDocument, { input });
    await eventually(() => expect(client.told).toEqual(['caughtUp', 'MEMBER_REMOVED 2', 'left']));
    expect(client.known.has(group)).toBe(false);
    await say(ana, group, 'not for Leo');
    await ana.run(GroupUserAddDocument, { input });
    await eventually(() => expect(client.told.slice(3)).toEqual(['MEMBER_ADDED 4']));
  });
});
