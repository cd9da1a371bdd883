import { TypingChangedDocument, TypingSetDocument } from '../../src/generated/operations.js';
import { buildDirect, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/wire-person.js';

describe('typing', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  beforeAll(async () => {
    server = await startChatset();
    [ana, luis] = await server.people('ana', 'luis');
  });
  afterAll(() => server.stop());

  it('ends with the message, for the other one, and is not told to who types', async () => {
    const conversationId = await buildDirect(ana, luis);
    const heard = await luis.follow(TypingChangedDocument, { conversationId });
    const own = await ana.follow(TypingChangedDocument, { conversationId });
    const told = () => heard.items.map(({ typingChanged }) => typingChanged.typing);
    await ana.run(TypingSetDocument, { input: { conversationId, typing: true } });
    await eventually(() => expect(told()).toEqual([true]));
    await say(ana, conversationId, 'hola');
    await eventually(() => expect(told()).toEqual([true, false]));
    await say(ana, conversationId, 'otra');
    await luis.run(TypingSetDocument, { input: { conversationId, typing: true } });
    await eventually(() => expect(own.items).toHaveLength(1));
    expect(own.items[0]).toMatchObject({ typingChanged: { user: { id: luis.id } } });
    expect(told()).toEqual([true, false]);
  });
});
