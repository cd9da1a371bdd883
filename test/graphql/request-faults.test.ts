import { startSampleServer, type SampleServer } from '../support/sample-server.js';

describe('a request that is none of GraphQL', () => {
  let sample: SampleServer;
  beforeAll(async () => void (sample = await startSampleServer()));
  afterAll(() => sample.stop());

  const json = { 'content-type': 'application/json' };
  const sent = (body: unknown, headers: Record<string, string> = json) => ({
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const preflighted = { headers: { 'apollo-require-preflight': '1' } };

  it.each<[string, string, RequestInit, string]>([
    ['a list of operations', '', sent([{ query: '{ hello }' }]), 'A request holds one operation, and this is a list.'],
    ['an empty list', '', sent([]), 'A request holds one operation, and this is a list.'],
    ['no body', '', sent('', json), 'The request has no body that can be read.'],
    ['an empty object', '', sent({}), 'The request has no body that can be read.'],
    ['a body of another type', '', sent('{ hello }', { 'content-type': 'application/graphql' }), 'The request has no'],
    ['no query', '', sent({ variables: {} }), 'There is no operation in the request.'],
    ['a query that is no text', '', sent({ query: 7 }), 'The "query" must be a text.'],
    ['a parsed query', '', sent({ query: { kind: 'Document' } }), 'The "query" must be a text.'],
    ['variables as a text', '', sent({ query: '{ hello }', variables: '{}' }), 'The "variables" must be an object.'],
    ['variables as a list', '', sent({ query: '{ hello }', variables: [] }), 'The "variables" must be an object.'],
    ['extensions as a text', '', sent({ query: '{ hello }', extensions: '{}' }), 'The "extensions" must be an object.'],
    [
      'a name that is no text',
      '',
      sent({ query: '{ hello }', operationName: 7 }),
      'The "operationName" must be a text.',
    ],
    ['a parameter twice', '?query={hello}&query={hello}', preflighted, 'The parameter "query" stands more than once'],
    ['variables that are no JSON', '?query={hello}&variables=x', preflighted, 'The parameter "variables" of the'],
    ['variables that are a number', '?query={hello}&variables=7', preflighted, 'The parameter "variables" of the'],
    ['a GET with another type', '?query={hello}', { headers: { 'content-type': 'text/html' } }, 'A GET request has no'],
    ['a mutation by GET', `?query=mutation{enter(token:"a")}`, preflighted, 'GET runs queries only.'],
    ['PUT', '', { ...sent({ query: '{ hello }' }), method: 'PUT' }, 'GraphQL takes GET and POST only.'],
    ['no type to answer in', '', sent({ query: '{ hello }' }, { ...json, accept: 'image/png' }), 'The answer would be'],
    ['a form', '', sent('query={hello}', { 'content-type': 'text/plain' }), 'A page of another site could have sent'],
  ])('says what is wrong with %s, and what to do', async (...[, search, request, cause]) => {
    const response = await fetch(`${sample.url}/graphql${search}`, request);
    const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(errors[0]?.message.startsWith(cause)).toBe(true);
    expect(errors[0]?.message).toMatch(/\. (?:Send|Leave|Allow|Encode) [^.]*\.$/);
  });
});
