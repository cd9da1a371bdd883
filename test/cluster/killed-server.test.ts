import { jest } from '@jest/globals';
import { ConversationDocument, ConversationReadDocument } from '../../src/generated/operations.js';
import { buildDirect, sayAll } from '../support/builders.js';
import { TestCluster } from '../support/cluster.js';

jest.setTimeout(60_000);

describe('a server that is killed', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await TestCluster.start();
  });
  afterAll(() => cluster.stop());

  it('has stored every receipt that it has answered, however quickly one followed the other', async () => {
    const server = await cluster.serve({});
    const ana = await cluster.person(server, 'ana');
    const luis = await cluster.person(server, 'luis');
    const conversationId = await buildDirect(ana, luis);
    await sayAll(ana, conversationId, ['uno', 'dos', 'tres']);
    for (const seq of [1, 2, 3]) await luis.run(ConversationReadDocument, { input: { conversationId, seq } });
    await server.kill();
    const next = await cluster.serve({});
    const { conversation } = await cluster.at(next, luis).run(ConversationDocument, { id: conversationId });
    expect(conversation).toMatchObject({ unreadCount: 0, me: { readSeq: 3, deliveredSeq: 3 } });
  });
});
