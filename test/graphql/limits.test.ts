import type { OperationResult } from '../../src/graphql/executor.js';
import { maxAliases, maxDepth, maxDirectives, maxTokens } from '../../src/graphql/limits.js';
import { buildSampleCore, contextOf } from '../support/sample-core.js';

const core = buildSampleCore({ introspection: true });

async function refusal(query: string): Promise<string | undefined> {
  const result: OperationResult = await core.executor.execute({ query }, contextOf(core, 'ana'));
  expect(result.errors?.length ?? 0).toBeLessThan(2);
  return result.errors?.[0]?.message;
}

const repeated = (count: number, text: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => text(at)).join(' ');

/** Introspection types nest as deeply as one likes; `__schema` itself is free, `__type` is not. */
const nested = (depth: number): string =>
  `{ __type(name: "Note") { ${'ofType { '.repeat(depth - 2)}name${' }'.repeat(depth)}`;

const page = (first: string): string =>
  `notes(first: ${first}) { edges { cursor node { id text at } } pageInfo { endCursor } }`;

describe('limits', () => {
  it('let pass what is just within them', async () => {
    expect(await refusal(nested(maxDepth))).toBeUndefined();
    expect(await refusal(`{ ${repeated(maxAliases, (at) => `a${at}: hello`)} }`)).toBeUndefined();
    expect(await refusal(`{ ${repeated(maxDirectives, (at) => `a${at}: hello @include(if: true)`)} }`)).toBeUndefined();
    expect(await refusal(`{ ${page('200')} }`)).toBeUndefined();
  });

  it('say which one an operation is over, also through fragments', async () => {
    expect(await refusal(nested(maxDepth + 1))).toBe(`Operation is nested too deeply: at most ${maxDepth} pass.`);
    const aliases = repeated(maxAliases / 2 + 1, (at) => `a${at}: id`);
    expect(await refusal(`{ a: note(id: 1) { ...f } b: note(id: 2) { ...f } } fragment f on Note { ${aliases} }`)).toBe(
      `Operation has too many aliases: at most ${maxAliases} pass.`,
    );
    const included = repeated(maxDirectives + 1, (at) => `a${at}: id @include(if: true)`);
    expect(await refusal(`{ note(id: 1) { ${included} } }`)).toBe(
      `Operation has too many directives: at most ${maxDirectives} pass.`,
    );
    expect(await refusal(`{ ${'hello '.repeat(maxTokens)} }`)).toBe(
      `The document is too long: at most ${maxTokens} tokens. Split it into several operations.`,
    );
  });

  it('count pages by the size that is written, 50 without one and 200 for a variable', async () => {
    const pages = (count: number, size: string) =>
      repeated(count, (at) => `n${at}: notes${size} { edges { node { id text at } } }`);
    const tooMuch = /^The operation is too expensive: 25500 of 20000\. Ask for smaller pages/;
    expect(await refusal(`{ ${pages(16, '(first: 200)')} }`)).toBeUndefined();
    expect(await refusal(`{ ${pages(25, '(first: 200)')} }`)).toMatch(tooMuch);
    expect(await refusal(`{ ${pages(25, '')} }`)).toBeUndefined();
    expect(await refusal(`query($n: Int = 1) { ${pages(25, '(first: $n)')} }`)).toMatch(tooMuch);
  });

  it('count fragments of fragments without being exhausted by them', async () => {
    const fragments = repeated(100, (at) => `fragment f${at} on Note { ...f${at + 1} ...f${at + 1} ...f${at + 1} }`);
    const query = `{ note(id: 1) { ...f0 } } ${fragments} fragment f100 on Note { id }`;
    expect(await refusal(query)).toMatch(/^The operation is too expensive/);
  });

  it('are about what a client wrote: documents that make no sense are refused for that', async () => {
    expect(await refusal('{ note(id: 1) { ...a } } fragment a on Note { ...b } fragment b on Note { ...a }')).toMatch(
      /^Cannot spread fragment/,
    );
    expect(await refusal('')).toBe('There is no operation in the request. Send a GraphQL document as "query".');
    expect(await refusal('fragment a on Note { id }')).toMatch(/^Fragment "a" is never used/);
  });
});
