import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedMongo, startEmbeddedMongo } from '../../src/embedded-mongo/index.js';
import { logIn, register } from './accounts.js';
import { Program } from './program.js';
import { Person } from './wire-person.js';

export type Server = Awaited<ReturnType<typeof Program.serve>>;

/** Several `chatset` processes over one database, which the test's own process holds. */
export class TestCluster {
  private readonly servers = new Set<Server>();
  private readonly people: Person[] = [];

  private constructor(
    private readonly folder: string,
    private readonly mongo: EmbeddedMongo,
  ) {}

  static async start(): Promise<TestCluster> {
    const folder = await mkdtemp(join(tmpdir(), 'chatset-cluster-'));
    return new TestCluster(folder, await startEmbeddedMongo({ dataDir: join(folder, 'data') }));
  }

  get mongodbUri(): string {
    return this.mongo.uri;
  }

  /** One more process. */
  async serve(settings: Record<string, string>): Promise<Server> {
    const common = { MONGODB_URI: this.mongo.uri, RATE_LIMITS: 'off' };
    const server = await Program.serve(this.folder, { ...common, ...settings });
    this.servers.add(server);
    return server;
  }

  /** Registers somebody, who speaks with the given process. */
  async person(server: Server, name: string): Promise<Person> {
    return this.at(server, await register(server, { username: `${name}-${this.people.length}`, name }));
  }

  /** The same person in another session. */
  async logIn(server: Server, { username }: Person): Promise<Person> {
    return this.at(server, await logIn(server, username));
  }

  /** The same person with the same session on another process. */
  at({ url }: Server, identity: Person): Person {
    const person = new Person(url, identity);
    this.people.push(person);
    return person;
  }

  async stop(): Promise<void> {
    await Promise.all(this.people.map((person) => person.leave()));
    await Promise.all([...this.servers].map((server) => server.kill()));
    await this.mongo.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** What a process says of itself on /readyz. */
export async function readiness({
  url,
}: Pick<Server, 'url'>): Promise<{ status: string; checks: Record<string, string> }> {
  return (await (await fetch(`${url}/readyz`)).json()) as never;
}
