import {
  ContactUserAddDocument,
  ConversationUpdateDocument,
  GroupCreateDocument,
  UserRegisterDocument,
  UserUpdateDocument,
} from '../../src/generated/operations.js';
import { goodPassword } from '../support/accounts.js';
import { buildGroup, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import type { GraphqlFailure, Person } from '../support/wire-person.js';

const places = ['name of a new person', 'name', 'alias', 'title of a new group', 'title'] as const;
type Place = (typeof places)[number];

const turning = [
  ['begins with an override', '\u202Eana'],
  ['begins with an isolate that it ends', '\u2067ana\u2069'],
  ['holds an override that it does not end', 'ana \u202Eoiram'],
  ['holds an isolate that it does not end', 'ana \u2066x'],
  ['ends what it did not begin', 'ana\u2069'],
  ['ends an isolate as if it were an embedding', 'ana \u2067x\u202C'],
] as const;
const unseen = [
  ['is a space without width', '\u200B'],
  ['is a joiner and a mark of direction', '\u200D\u200F'],
  ['is a Hangul filler', '\u3164'],
  ['is an empty Braille pattern', '\u2800'],
] as const;
const harmless = ['שלום', 'ana \u2067שלום\u2069', 'ana \u202Bשלום \u2066x\u2069\u202C', '\u200Fمرحبا', '👩‍👩‍👧'];

describe('what people are shown as a name', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  let groupId: string;

  beforeAll(async () => {
    server = await startChatset();
    [ana, luis] = await server.people('ana', 'luis');
    groupId = await buildGroup(ana, [luis]);
  });
  afterAll(() => server.stop());

  let registered = 0;
  const tries: Record<Place, (text: string, how: 'run' | 'refused') => Promise<unknown>> = {
    'name of a new person': (name, how) => {
      const input = { username: `new-${(registered += 1)}`, password: goodPassword, name };
      return server.visitor()[how](UserRegisterDocument, { input });
    },
    name: (name, how) => ana[how](UserUpdateDocument, { input: { name } }),
    alias: (alias, how) => ana[how](ContactUserAddDocument, { input: { userId: luis.id, alias } }),
    'title of a new group': (title, how) => ana[how](GroupCreateDocument, { input: { title, userIds: [] } }),
    title: (title, how) => ana[how](ConversationUpdateDocument, { input: { conversationId: groupId, title } }),
  };
  const refuse = async (place: Place, text: string): Promise<string> => {
    const { code, errors } = (await tries[place](text, 'refused')) as GraphqlFailure;
    expect(code).toBe('BAD_USER_INPUT');
    return errors[0]!.message.replace(/^\w+: /, '');
  };

  describe.each(places)('as the %s', (place) => {
    it.each(turning)('is refused when it %s', async (_what, text) => {
      expect(await refuse(place, text)).toBe(
        'must not begin with a control of the direction of writing (U+202A to U+202E, U+2066 to U+2069), and must end each one that it holds.',
      );
    });

    it.each(unseen)('is refused when it %s', async (_what, text) => {
      expect(await refuse(place, text)).toBe('must hold something that can be seen.');
    });

    it.each(harmless)('may be %j', async (text) => {
      await expect(tries[place](text, 'run')).resolves.toBeDefined();
    });
  });

  it.each(turning)('is not what a message is, which may hold what %s', async (_what, text) => {
    expect((await say(ana, groupId, text)).content).toBe(text);
  });
});
