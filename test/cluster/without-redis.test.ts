import { jest } from '@jest/globals';
import { readiness, TestCluster } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/redis.js';
import { Program, workingFolder } from '../support/program.js';

jest.setTimeout(60_000);

describe('settings of several processes', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await TestCluster.start();
  });
  afterAll(() => cluster.stop());

  it('are refused in one sentence when a Redis is set and no MongoDB', async () => {
    const folder = await workingFolder();
    const { code, stderr } = await Program.run(['start'], folder.path, { REDIS_URL: 'redis://127.0.0.1:6379' });
    await folder.remove();
    expect(code).toBe(1);
    expect(stderr).toContain('REDIS_URL needs MONGODB_URI');
    expect(stderr).not.toContain('    at ');
  });

  it('let a server start that cannot reach its Redis, and it says so', async () => {
    const server = await cluster.serve({ REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    const health = await readiness(server);
    expect(health).toMatchObject({ status: 'degraded', checks: { database: 'ok' } });
    expect(health.checks.redis).toContain('Start it, or correct REDIS_URL.');
    await server.kill();
  });

  it('are told wrong by both processes that share a database without Redis, until one stops', async () => {
    const [one, other] = [await cluster.serve({}), await cluster.serve({})];
    for (const server of [one, other]) {
      await eventually(async () => {
        const { checks, status } = await readiness(server);
        expect(status).toBe('degraded');
        expect(checks.processes).toContain('Set the same REDIS_URL for every process, or stop all but one.');
      }, 20_000);
      await eventually(() => expect(server.output).toContain('Another process uses this database'));
    }
    await other.interrupt();
    await eventually(async () => expect(await readiness(one)).toMatchObject({ status: 'ready' }), 20_000);
  });
});
