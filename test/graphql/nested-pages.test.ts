import { parse } from 'graphql';
import {
  GroupUserAddDocument,
  MessageReplyDocument,
  MessagesDocument,
  type MessagesQuery,
} from '../../src/generated/operations.js';
import { buildGroup, say, sayAll } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import type { GraphqlFailure } from '../support/wire-person.js';
import { type Person, send } from '../support/wire-person.js';

interface Nested {
  readonly conversations: {
    readonly edges: readonly {
      readonly node: {
        readonly id: string;
        readonly members: { readonly edges: readonly { readonly node: { readonly user: { readonly id: string } } }[] };
        readonly newest: MessagesQuery['messages'];
        readonly oldest: MessagesQuery['messages'];
        readonly middle: MessagesQuery['messages'];
      };
    }[];
  };
}

const page = 'edges { node { content seq replyTo { content } } } pageInfo { hasNextPage hasPreviousPage }';

/** A page of conversations, each with pages of its own. */
const nested = (first: number) => `{
  conversations(first: ${first}) { edges { node {
    id
    members(first: 2) { edges { node { user { id } } } }
    newest: messages(last: 3) { ${page} }
    oldest: messages(first: 2) { ${page} }
    middle: messages(around: 3, first: 3) { ${page} }
  } } }
}`;

describe('pages within a page of conversations', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  let eva: Person;

  beforeAll(async () => {
    server = await startChatset();
    [ana, luis, eva] = await server.people('ana', 'luis', 'eva');
  });
  afterAll(() => server.stop());

  const ask = (person: Person, text: string): Promise<Nested> =>
    send<Nested, Record<string, never>>({ url: server.url, token: person.token }, parse(text), {});

  /** A group whose messages number more than a page holds, one of them a reply to the first. */
  const talk = async (title: string): Promise<string> => {
    const id = await buildGroup(ana, [luis], title);
    const first = await say(ana, id, `${title} a`);
    await sayAll(ana, id, [`${title} b`, `${title} c`]);
    await luis.run(MessageReplyDocument, { input: { messageId: first.id, content: `${title} d` } });
    return id;
  };

  it('are the same as when asked one by one, from where the person may read', async () => {
    const ids = [await talk('uno'), await talk('dos'), await talk('tres')];
    for (const groupId of ids) {
      await ana.run(GroupUserAddDocument, { input: { groupId, userId: eva.id } });
      await say(ana, groupId, 'hola eva');
    }
    for (const person of [luis, eva]) {
      const { conversations } = await ask(person, nested(3));
      expect(conversations.edges.map(({ node }) => node.id).sort()).toEqual([...ids].sort());
      for (const { node } of conversations.edges) {
        expect(node.members.edges.map((edge) => edge.node.user.id)).toEqual([ana.id, luis.id]);
        const alone = async (part: object) => {
          const { messages } = await person.run(MessagesDocument, { conversationId: node.id, ...part });
          const edges = messages.edges.map(({ node: { content, seq, replyTo } }) => ({
            node: { content, seq, replyTo: replyTo && { content: replyTo.content } },
          }));
          const { hasNextPage, hasPreviousPage } = messages.pageInfo;
          return { edges, pageInfo: { hasNextPage, hasPreviousPage } };
        };
        expect(node.newest).toEqual(await alone({ last: 3 }));
        expect(node.oldest).toEqual(await alone({ first: 2 }));
        expect(node.middle).toEqual(await alone({ around: 3, first: 3 }));
      }
    }
  });

  it('cost as many database commands for forty conversations as for two', async () => {
    for (let at = 0; at < 40; at++) await talk(`g${at}`);
    const readsOf = async (first: number): Promise<string[]> => {
      const commands = await server.commandsOf(() => ask(luis, nested(first)));
      // The list's order is written in the background after each message.
      return commands.filter((command) => command !== 'conversations.findOneAndUpdate');
    };
    const [few, many] = [await readsOf(2), await readsOf(40)];
    // People who were shown in the last seconds are not read again, which spares one command at most.
    expect(many.length).toBeLessThanOrEqual(few.length + 1);
  }, 60_000);

  it('refuse a foreign cursor where it stands', async () => {
    const asked = ask(
      luis,
      `{ conversations(first: 2) { edges { node { messages(first: 1, after: "x") { ${page} } } } } }`,
    );
    const { errors } = (await asked.catch((error: unknown) => error)) as GraphqlFailure;
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'after' }] });
  });
});
