import { buildDirect, buildGroup, say, sayAll } from '../support/builders.js';
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
});
