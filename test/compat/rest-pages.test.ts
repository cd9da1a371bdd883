import { startChatset, type TestServer } from '../support/chatset.js';
import { rest } from '../support/rest.js';
import type { Person } from '../support/wire-person.js';

describe('the pages of lists over REST', () => {
  let server: TestServer;
  let ana: Person;
  let leo: Person;
  let group: string;
  let long: string;
  beforeAll(async () => {
    server = await startChatset();
    [ana, leo] = await server.people('ana', 'leo');
    group = await groupNamed('Club');
    long = await groupNamed('Largo');
    for (let at = 0; at < 60; at += 1) {
      await call(`POST /conversations/${long}/messages`, { body: { content: `${at}` } });
    }
  });
  afterAll(() => server.stop());
  const call = (at: string, options: Parameters<typeof rest>[2] = {}) =>
    rest(server.url, at, { token: ana.token, ...options });
  const add = (content: string) => call(`POST /conversations/${group}/messages`, { body: { content } });
  const groupNamed = async (title: string): Promise<string> => {
    const made = await call('POST /groups', { body: { title, userIds: [leo.id] } });
    return (made.body.data as { id: string }).id;
  };

  it('pages by cursor, and links to the pages beside', async () => {
    for (const content of ['1', '2', '3', '4', '5']) await add(content);
    const newest = await call(`GET /conversations/${group}/messages?last=2`);
    const contents = (answer: typeof newest) =>
      (answer.body.data as { content: string }[]).map(({ content }) => content);
    expect(contents(newest)).toEqual(['4', '5']);
    const [, previous = ''] = /<([^>]+)>; rel="prev"/.exec(newest.headers.get('link') ?? '') ?? [];
    expect(newest.body.page).toEqual({ next: null, previous: expect.any(String) as string });
    expect(contents(await call(`GET /${previous}`))).toEqual(['2', '3']);
    const first = await call('GET /users?first=1');
    const [, next = ''] = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? [];
    expect(next).toContain('first=1');
    expect(await call(`GET /${next}`)).toMatchObject({ status: 200, body: { data: [{ username: leo.username }] } });
  });

  it.each([
    ['conversations/ID/messages?first=7', 'next'],
    ['conversations/ID/messages?last=7', 'prev'],
    ['messages?conversation=ID', 'next'],
    ['messages?conversation=ID&last=7', 'next'],
    ['conversations/ID/events?first=7&after=0', 'next'],
    ['conversations/ID/events', 'prev'],
  ])('leads through all of %s by rel="%s"', async (path, rel) => {
    const seqs: number[] = [];
    for (let at: string | undefined = `/${path.replace('ID', long)}`; at;) {
      const { text, headers } = await call(`GET ${at}`);
      const answer = JSON.parse(text) as { seq: number }[] | { data: { seq: number }[] };
      seqs.push(...(Array.isArray(answer) ? answer : answer.data).map(({ seq }) => seq));
      const next = new RegExp(`<([^>]+)>; rel="${rel}"`).exec(headers.get('link') ?? '')?.[1];
      at = next && `/${next}`;
    }
    // The first entry says that the group was made, and is no message.
    const all = Array.from(
      { length: path.includes('events') ? 61 : 60 },
      (_, at) => at + (path.includes('events') ? 1 : 2),
    );
    expect(seqs.toSorted((one, other) => one - other)).toEqual(all);
  });

  it('answers the newest page of an opened conversation as a list', async () => {
    const { body, headers } = await call(`POST /conversations/${group}/open`);
    expect(body.data).toMatchObject({
      messages: expect.arrayContaining([expect.objectContaining({ seq: 2 })]) as unknown,
    });
    expect(body.page).toEqual({ next: null, previous: null });
    expect(headers.get('link')).toBeNull();
  });
});
