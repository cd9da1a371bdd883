import { serverAudits } from 'graphql-http';
import { startSampleServer, type SampleServer } from '../support/sample-server.js';

/** The header is what programs send to be let in with GET; the audits read the schema, so introspection is on. */
const audits = serverAudits({
  url: () => `${sample.url}/graphql`,
  fetchFn: (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), 'apollo-require-preflight': '1' } }),
});
let sample: SampleServer;

describe('the GraphQL over HTTP specification', () => {
  beforeAll(async () => void (sample = await startSampleServer({ introspection: true })));
  afterAll(() => sample.stop());

  it.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_name, audit) => {
    const result = await audit.fn();
    if (result.status !== 'ok') throw new Error(`${audit.id}: ${result.reason}`);
  });
});
