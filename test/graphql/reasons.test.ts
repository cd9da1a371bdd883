import { errorReasons, type ErrorReason } from '../../src/errors.js';
import {
  ConversationSpamDocument,
  ConversationUpdateDocument,
  GroupCreateDocument,
  GroupDeleteDocument,
  GroupUserAddDocument,
  GroupUserAdminRemoveDocument,
  MessageAddDocument,
  MessageAddedDocument,
  MessageEditDocument,
  MessageRemoveDocument,
  ReportsDocument,
  UserRegisterDocument,
  UserUpdateDocument,
} from '../../src/generated/operations.js';
import { goodPassword } from '../support/accounts.js';
import { block, buildDirect, buildGroup, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { lengthen } from '../support/long-log.js';
import { RawSocket } from '../support/raw-socket.js';
import { post, startSampleServer } from '../support/sample-server.js';
import type { GraphqlFailure, Person } from '../support/wire-person.js';

/** Who is there for a case: Ana owns the group in which Luis is. */
interface World {
  readonly server: TestServer;
  readonly ana: Person;
  readonly luis: Person;
  readonly eva: Person;
  readonly groupId: string;
}

/** Does what is refused for one reason; answers the errors as a client got them. */
type Case = (world: World) => Promise<unknown>;

const errorsOf = async (refused: Promise<GraphqlFailure>): Promise<unknown> => (await refused).errors;
const bodyErrors = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { errors: unknown }).errors;

type LoginAnswer = { readonly errors?: readonly { readonly extensions: { readonly code: string } }[] } | undefined;

/** A picture of as many characters as one may have. */
const bigPicture = `data:image/png;base64,${'A'.repeat(2_000)}`;

const openSocket = ({ url }: TestServer): Promise<RawSocket> => RawSocket.open(`${url.replace('http', 'ws')}/graphql`);

/** What a socket was told of an operation that failed. */
const errorTo = (raw: RawSocket, id: string): Promise<unknown> =>
  eventually(() => {
    const told = raw.messages.find((message) => message.type === 'error' && message.id === id);
    expect(told).toBeDefined();
    return told?.payload;
  }, 30_000);

const cases: Record<ErrorReason, Case> = {
  ADMINS_ONLY: ({ luis, eva, groupId }) =>
    errorsOf(luis.refused(GroupUserAddDocument, { input: { groupId, userId: eva.id } })),
  AUTHOR_ONLY: async ({ ana, luis, groupId }) => {
    const messageId = (await say(ana, groupId, 'de ana')).id;
    return errorsOf(luis.refused(MessageEditDocument, { input: { messageId, content: 'de luis' } }));
  },
  BUSY: async () => {
    // One of its own: others are refused there, too.
    const server = await startChatset();
    const sockets = [await openSocket(server), await openSocket(server)];
    const logIn = `mutation { login(input: { username: "nobody", password: "a wrong one" }) { token } }`;
    for (const raw of sockets) {
      await raw.init();
      for (let at = 0; at < 250; at += 1) raw.subscribe(`${at}`, logIn);
    }
    const told = await eventually(() => {
      const answers = sockets.flatMap(({ messages }) => messages.map(({ payload }) => payload as LoginAnswer));
      const refused = answers.find((answer) => answer?.errors?.[0]?.extensions.code === 'UNAVAILABLE');
      expect(refused).toBeDefined();
      return refused?.errors;
    }, 30_000);
    for (const raw of sockets) raw.socket.terminate();
    await server.stop();
    return told;
  },
  CHAT_CLOSED: async ({ ana, luis }) => {
    const conversationId = await buildDirect(ana, luis);
    await block(ana, luis);
    return errorsOf(luis.refused(MessageAddDocument, { input: { conversationId, content: 'hola' } }));
  },
  DATABASE: async () => {
    const sample = await startSampleServer();
    const response = await post(sample.url, { query: '{ fail(how: "database") }' }, { token: 'token-of-ana' });
    await sample.stop();
    return bodyErrors(response);
  },
  FOREIGN_ORIGIN: async ({ server, ana }) => {
    const headers = { origin: 'https://example.org', cookie: `sid=${ana.token}` };
    return bodyErrors(await post(server.url, { query: '{ me { id } }' }, { headers }));
  },
  GROUPS_ONLY: async ({ ana, luis }) => {
    const conversationId = await buildDirect(ana, luis);
    return errorsOf(ana.refused(ConversationUpdateDocument, { input: { conversationId, title: 'Dúo' } }));
  },
  ID_REUSED: async ({ ana, groupId }) => {
    const input = { conversationId: groupId, clientMessageId: 'once' };
    await ana.run(MessageAddDocument, { input: { ...input, content: 'uno' } });
    return errorsOf(ana.refused(MessageAddDocument, { input: { ...input, content: 'dos' } }));
  },
  MARKED_AS_SPAM: async ({ luis, groupId }) => {
    await luis.run(ConversationSpamDocument, { input: { conversationId: groupId } });
    return (await luis.follow(MessageAddedDocument, { conversationId: groupId })).end();
  },
  MESSAGE_REMOVED: async ({ ana, groupId }) => {
    const messageId = (await say(ana, groupId, 'fuera')).id;
    await ana.run(MessageRemoveDocument, { input: { messageId } });
    return errorsOf(ana.refused(MessageEditDocument, { input: { messageId, content: 'otra vez' } }));
  },
  OWNER_ONLY: ({ luis, groupId }) => errorsOf(luis.refused(GroupDeleteDocument, { input: { groupId } })),
  OWNER_STAYS: ({ ana, groupId }) =>
    errorsOf(ana.refused(GroupUserAdminRemoveDocument, { input: { groupId, userId: ana.id } })),
  PERSON_BLOCKED: async ({ ana, luis }) => {
    await block(luis, ana);
    return errorsOf(ana.refused(GroupCreateDocument, { input: { title: 'Dúo', userIds: [luis.id] } }));
  },
  SITE_ADMINS_ONLY: ({ ana }) => errorsOf(ana.refused(ReportsDocument, {})),
  SLOW_READER: async ({ server, ana }) => {
    await ana.run(UserUpdateDocument, { input: { profileImage: bigPicture } });
    const raw = await openSocket(server);
    await raw.init({ token: ana.token });
    const pictures = Array.from({ length: 30 }, (_, at) => `picture${at}: profileImage`);
    raw.subscribe('slow', `subscription { userChanged { ${pictures.join(' ')} } }`);
    raw.subscribe('after it', '{ __typename }');
    await eventually(() => expect(raw.messages.at(-1)).toMatchObject({ id: 'after it', type: 'complete' }));
    raw.socket.pause();
    const notice = { name: 'userChanged', payload: { userId: ana.id }, to: [ana.id], subject: ana.id } as const;
    for (let at = 0; at < 1_600; at += 1) server.app.rooms.core.notices.publish(notice);
    raw.socket.resume();
    const told = await errorTo(raw, 'slow');
    raw.socket.terminate();
    return told;
  },
  STOPPING: async () => {
    const sample = await startSampleServer();
    const raw = await RawSocket.open(sample.wsUrl);
    await raw.init({ token: 'token-of-ana' });
    raw.subscribe('running', '{ slow }');
    await eventually(() => expect(sample.touched).toHaveLength(1));
    const stopped = sample.stop();
    raw.subscribe('late', '{ hello }');
    const told = await errorTo(raw, 'late');
    sample.releaseSlow('done');
    await stopped;
    return told;
  },
  TOO_FAR_BEHIND: async ({ server, luis, groupId }) => {
    await lengthen(server.app, groupId, 1_500);
    return (await luis.follow(MessageAddedDocument, { conversationId: groupId, after: 0 })).end();
  },
  USERNAME_TAKEN: ({ server, ana }) => {
    const input = { username: ana.username, password: goodPassword };
    return errorsOf(server.visitor().refused(UserRegisterDocument, { input }));
  },
};

describe('a refusal that tells its reason', () => {
  let server: TestServer;
  beforeAll(async () => void (server = await startChatset()));
  afterAll(() => server.stop());

  it.each(Object.keys(errorReasons) as ErrorReason[])(
    'tells %s',
    async (reason) => {
      const [ana, luis, eva] = await server.people('ana', 'luis', 'eva');
      const groupId = await buildGroup(ana, [luis]);
      const errors = await cases[reason]({ server, ana, luis, eva, groupId });
      expect(errors).toMatchObject([{ extensions: { reason } }]);
    },
    60_000,
  );
});
