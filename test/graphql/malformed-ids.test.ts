import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  parse,
} from 'graphql';
import { startChatset, type TestServer } from '../support/chatset.js';
import type { GraphqlFailure, Person } from '../support/wire-person.js';

const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
const malformed = ['x', '', '💥', '../..', '0'.repeat(5_000), '6B03008D1AF4942A3F9DFB64'];

interface Sample {
  readonly name: string;
  readonly isLive: boolean;
  /** The document with every id replaced. */
  readonly document: (id: string) => string;
}

/** A literal of a type in which every id is the given one, and what is not needed is left out. */
function literalOf(type: GraphQLInputType, id: string): string {
  if (isNonNullType(type)) return literalOf(type.ofType, id);
  if (isListType(type)) return `[${literalOf(type.ofType, id)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) {
    const wanted = Object.values(type.getFields()).filter((field) => isRequiredInputField(field) || isId(field.type));
    return `{ ${wanted.map((field) => `${field.name}: ${literalOf(field.type, id)}`).join(', ')} }`;
  }
  return { ID: JSON.stringify(id), Int: '1', Boolean: 'true' }[type.name] ?? '"👍"';
}

function isId(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  if (isInputObjectType(named)) return Object.values(named.getFields()).some((field) => isId(field.type));
  return named.name === 'ID';
}

function sampleOf(kind: string, field: GraphQLField<unknown, unknown>): Sample[] {
  const wanted = field.args.filter((arg: GraphQLArgument) => isRequiredArgument(arg) || isId(arg.type));
  if (!wanted.some((arg) => isId(arg.type)) || field.name === 'conversationFeed') return [];
  const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  const document = (id: string): string =>
    `${kind} { ${field.name}(${wanted.map((arg) => `${arg.name}: ${literalOf(arg.type, id)}`).join(', ')})${selection} }`;
  return [{ name: field.name, isLive: kind === 'subscription', document }];
}

const samples = [
  ['query', schema.getQueryType()],
  ['mutation', schema.getMutationType()],
  ['subscription', schema.getSubscriptionType()],
].flatMap(([kind, type]) =>
  Object.values((type as NonNullable<ReturnType<typeof schema.getQueryType>>).getFields()).flatMap((field) =>
    sampleOf(kind as string, field),
  ),
);

describe('an id that cannot be one', () => {
  let server: TestServer;
  let ana: Person;
  beforeAll(async () => {
    server = await startChatset();
    [ana] = await server.people('ana');
  });
  afterAll(() => server.stop());

  async function codeOf({ isLive, document }: Sample, id: string): Promise<string> {
    const query = parse(document(id)) as never;
    if (isLive) {
      const ended = (await (await ana.follow(query, {})).end()) as { extensions: { code: string } }[];
      return ended[0]?.extensions.code ?? 'OK';
    }
    return ana.run(query, {}).then(
      () => 'OK',
      (error: unknown) => (error as GraphqlFailure).code,
    );
  }

  it.each(samples)('is answered by $name like one that does not exist', async (sample) => {
    const unknown = await codeOf(sample, '6b03008d1af4942a3f9dfb64');
    expect(['NOT_FOUND', 'BAD_USER_INPUT', 'OK']).toContain(unknown);
    for (const id of malformed) expect([id, await codeOf(sample, id)]).toEqual([id, unknown]);
  });

  it('is tried in every operation that takes one', () => {
    expect(samples.length).toBeGreaterThan(40);
  });
});
