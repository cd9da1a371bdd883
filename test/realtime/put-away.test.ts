import {
  ConversationListChangedDocument,
  ConversationReadDocument,
  ConversationRemoveDocument,
  ConversationRemovedDocument,
} from '../../src/generated/operations.js';
import { buildDirect, sayAll } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';

describe('a conversation that is put away', () => {
  let server: TestServer;
  beforeAll(async () => void (server = await startChatset()));
  afterAll(() => server.stop());

  it('does not come back into the list by the marks that were set before, which are told of later', async () => {
    const [ana, luis, eva] = await server.people('ana', 'luis', 'eva');
    const [away, kept] = [await buildDirect(ana, luis), await buildDirect(ana, eva)];
    for (const [person, id] of [[luis, away] as const, [eva, kept] as const]) await sayAll(person, id, ['a', 'b']);
    const changes = await ana.follow(ConversationListChangedDocument, {});
    const removals = await ana.follow(ConversationRemovedDocument, {});
    const read = (conversationId: string, seq: number) =>
      ana.run(ConversationReadDocument, { input: { conversationId, seq } });
    const rows = () => changes.items.map(({ conversationListChanged: { id, me } }) => `${id} ${me.readSeq}`);

    // The first mark is told of at once, the second one after a pause.
    await read(away, 1);
    await eventually(() => expect(rows()).toContain(`${away} 1`));
    await read(away, 2);
    await ana.run(ConversationRemoveDocument, { input: { conversationId: away } });
    await eventually(() => expect(removals.items).toEqual([{ conversationRemoved: away }]));
    const told = changes.items.length;
    await read(kept, 1);
    await eventually(() => expect(rows()).toContain(`${kept} 1`));
    await read(kept, 2);
    await eventually(() => expect(rows()).toContain(`${kept} 2`));
    expect(rows().slice(told)).toEqual([`${kept} 1`, `${kept} 2`]);
    expect(changes.ended).toBeUndefined();
  });
});
