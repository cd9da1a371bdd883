import { createRequire } from 'node:module';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { exampleIds } from '../../../src/compat/documents/examples.js';
import { asyncapi, faults, openapi, withFormats, type Described, type Parameter } from '../../support/described.js';
import { rest, type RestAnswer } from '../../support/rest.js';
import { Stage, type Caller, type World } from './world.js';

type Json = Record<string, never>;
const operations = Object.entries(openapi.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, described]) => [`${method.toUpperCase()} ${path}`, described] as const),
);
const requests = Object.entries(asyncapi.channels.chat.messages).filter(([name]) => name.endsWith('Request'));

/** The status, the type and the body of an answer are those of the document. */
function expectDescribed({ responses }: Described, { status, headers, text }: RestAnswer): void {
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const media = responses[String(status)]?.content?.[type];
  expect([status, media ? '' : text]).toEqual([status, '']);
  expect(faults(openapi, media!.schema, type === 'application/json' ? JSON.parse(text) : text)).toBeUndefined();
}

/** The address with the examples of its parameters. */
function addressOf(at: string, parameters: readonly Parameter[]): string {
  const query = new URLSearchParams();
  let address = at;
  for (const { name, in: where, example } of parameters) {
    const value = encodeURIComponent((example ?? '').toString());
    if (where === 'path') address = address.replace(`{${name}}`, value);
    else if (where === 'query' && example !== undefined) query.set(name, decodeURIComponent(value));
  }
  return `${address}?${query.toString()}`;
}

/** An example with what exists in place of what stands for it. */
function real<Value>(value: Value, { caller, conversation, message, person }: World, session = ''): Value {
  const ids = { conversation, message, person, session, you: caller.person.id };
  const text = Object.entries(exampleIds).reduce(
    (current, [name, id]) => current.replaceAll(id, ids[name as keyof typeof ids]),
    JSON.stringify(value),
  );
  return JSON.parse(text) as Value;
}

describe('the document of', () => {
  it('the REST API is a valid OpenAPI 3.1 document', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(openapi) as unknown as Json)).toMatchObject({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('the Socket.IO events is a valid AsyncAPI 3.0 document', () => {
    const require = createRequire(import.meta.url);
    const schema = require('@asyncapi/specs/schemas/3.0.0-without-$id.json') as object;
    const Ajv = require('ajv') as { default: new (options: object) => Ajv2020 };
    const validate = withFormats(new Ajv.default({ strict: false, allowUnionTypes: true })).compile(schema);
    expect([validate(asyncapi), validate.errors]).toEqual([true, null]);
  });
});

/** What of an answer shows that an example did what it is named after. */
const effects: Readonly<Record<string, object>> = {
  ConversationSpam: { data: { isSpam: true } },
  ConversationSpamClear: { data: { isSpam: false } },
};

describe('what is described', () => {
  const payloadOf = (name: string) => asyncapi.channels.chat.messages[name]!.payload;
  const person = exampleIds.person;

  it.each<[string, unknown, boolean]>([
    ['conversationOpenRequest', exampleIds.conversation, true],
    ['conversationOpenRequest', { conversation: exampleIds.conversation }, true],
    ['conversationOpenRequest', {}, false],
    ['conversationFollowRequest', [{ conversationId: exampleIds.conversation, seq: 1 }], true],
    ['conversationFollowRequest', 'everything', false],
    ['newMessageRequest', { conversation: exampleIds.conversation, content: 'Hola' }, true],
    ['newMessageRequest', { content: 'Hola' }, false],
    ['conversationSpamRequest', { conversationId: exampleIds.conversation, spam: false }, true],
    ['conversationSpamRequest', { conversationId: exampleIds.conversation, spam: 'no' }, false],
  ])('in %s takes what the server takes: %j', (name, payload, isTaken) => {
    expect(faults(asyncapi, payloadOf(name), payload) === undefined).toBe(isTaken);
  });

  it.each<[string, unknown, boolean]>([
    ['/conversations', { members: [exampleIds.you, person] }, true],
    ['/conversations', { members: [exampleIds.you], type_conversation: 'group', title_conversation: 7 }, true],
    ['/conversations', {}, false],
    ['/messages', { conversation: exampleIds.conversation, content: 'Hola' }, true],
  ])('of POST %s takes what the server takes: %j', (path, body, isTaken) => {
    const { schema } = openapi.paths[path]!.post!.requestBody!.content['application/json']!;
    expect(faults(openapi, schema, body) === undefined).toBe(isTaken);
  });

  it('says that a body is needed only where something in it is', () => {
    const isNeeded = (path: string) => openapi.paths[path]!.post!.requestBody?.required;
    expect(isNeeded('/conversations/{conversationId}/spam')).toBe(false);
    expect(isNeeded('/groups')).toBe(true);
  });

  it.each(operations)('has a heading and a sentence of its own for %s', (_at, { summary, description }) => {
    expect(summary).toMatch(/^[A-Z][a-z]/);
    expect(summary).not.toMatch(/[a-z][A-Z]/);
    expect(description).toMatch(/\w\.$/);
  });

  it.each(operations.filter(([at]) => at.startsWith('GET') && at !== 'GET /'))(
    'tells of the headers of %s',
    (_at, { responses }) => {
      expect(responses['304']).toBeDefined();
      expect(responses['200']).toMatchObject({ headers: { ETag: {} } });
    },
  );
});

describe('the documented examples', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
    await rest(stage.server.url, 'POST /users', {
      body: { username: 'laurencia', password: 'correct horse battery staple' },
    });
  });
  afterAll(() => stage.close());

  /** What changes who calls is done by somebody new. */
  async function worldFor(name: string): Promise<World> {
    const role = /report/i.test(name) ? 'siteAdmin' : 'owner';
    stage.changed(role);
    const world = await stage.world(role);
    const isOwn = /session|logout|password|unregister|users\/me|block/i.test(name);
    return isOwn ? { ...world, caller: await stage.newcomer() } : world;
  }
  async function sessionOf({ person }: Caller): Promise<string> {
    const login = { username: person.username, password: person.password };
    const { body } = await rest(stage.server.url, 'POST /sessions', { body: login });
    return (body.data as { session: { id: string } }).session.id;
  }

  it.each(operations)('of %s are answered as it says', async (at, described) => {
    const examples = Object.values(described.requestBody?.content['application/json']?.examples ?? { none: undefined });
    for (const example of examples) {
      const world = await worldFor(at);
      const session = at.includes('{sessionId}') ? await sessionOf(world.caller) : '';
      const address = addressOf(at, real(described.parameters ?? [], world, session));
      const body = example && {
        ...real(example.value, world, session),
        ...(at === 'POST /users' && { username: 'jacinta' }),
      };
      const { token } = world.caller.person;
      const answer = await rest(stage.server.url, address, { token, body });
      expectDescribed(described, answer);
    }
  });

  it.each(requests)('of %s over Socket.IO are answered as it says', async (name, { name: event, examples = [] }) => {
    const answer = asyncapi.channels.chat.messages[name.replace('Request', 'Answer')]!;
    expect(examples.length).toBeGreaterThan(0);
    for (const { name: example = '', payload } of examples) {
      const world = await worldFor(name);
      if (example === 'ConversationSpamClear')
        await rest(stage.server.url, `POST /conversations/${world.conversation}/spam`, world.caller.person);
      const session = 'sessionId' in payload ? await sessionOf(world.caller) : '';
      const given = real(payload, world, session);
      if (event === 'user register') Object.assign(given, { username: 'pascuala' });
      const told = await world.caller.socket.ask(event, given);
      expect(told).toMatchObject({ msg: 'OK', ...effects[example] });
      expect(faults(asyncapi, answer.payload, told)).toBeUndefined();
    }
  });
});
