import { OperationTypeNode } from 'graphql';
import type { Operation } from '../../../src/compat/operation.js';
import { table } from '../../../src/compat/table.js';
import { operationOf } from '../../../src/compat/variables.js';
import { comparable, expectedOfRest, keyOf, overGraphql, overRest, overSocket, type Call } from './calls.js';
import { scenarios, type Scenario, type Verdict } from './scenarios.js';
import { roles, Stage, type Role } from './world.js';

const rows = table.map((row) => [keyOf(row), row] as const);
const kindOf = (row: Operation) => operationOf(row.document).operation;
const called = rows.filter(([, row]) => kindOf(row) !== OperationTypeNode.SUBSCRIPTION);
const protocolsOf = (row: Operation): (readonly [string, Call])[] => [
  ['GraphQL', overGraphql],
  ...(row.routes.length > 0 ? [['REST', overRest] as const] : []),
  ['Socket.IO', overSocket],
];

function scenarioOf(key: string): Scenario {
  const scenario = scenarios[key];
  if (!scenario) throw new Error(`Nobody has said who may call "${key}".`);
  return scenario;
}

const isMutation = (row: Operation): boolean => kindOf(row) === OperationTypeNode.MUTATION;

/** Of what is everybody's own, no role makes a difference. */
function expectedByRole(verdict: Verdict): [Role, number][] {
  if (typeof verdict === 'string') return [['stranger', 200]];
  return roles.map((role) => [role, verdict[role] ?? 200]);
}

/** Somebody whom a row lets in: the owner, or who stands above conversations. */
function insiderOf(verdict: Verdict): Role {
  return expectedByRole(verdict).some(([role, code]) => role === 'owner' && code !== 200) ? 'siteAdmin' : 'owner';
}

describe('every row of the table', () => {
  let stage: Stage;
  beforeAll(async () => void (stage = await Stage.open()));
  afterAll(() => stage.close());

  it('has a scenario and a verdict, and nothing else has', () => {
    expect(Object.keys(scenarios).toSorted()).toEqual(rows.map(([key]) => key).toSorted());
  });

  it.each(called)('%s answers the same data over every protocol', async (key, row) => {
    const { given, verdict, isLast } = scenarioOf(key);
    const role = insiderOf(verdict);
    const answers: unknown[] = [];
    for (const [, call] of protocolsOf(row)) {
      const world = await stage.world(role);
      const caller = isLast ? await stage.newcomer() : world.caller;
      const { code, data } = await call(row, given({ ...world, caller }), caller);
      expect(code).toBeLessThan(300);
      answers.push(data);
      if (isMutation(row)) stage.changed(role);
    }
    const [graphql, ...others] = answers;
    const overRest = row.routes.length > 0 ? others.shift() : undefined;
    expect(comparable(others[0])).toEqual(comparable(graphql));
    if (row.routes.length > 0) expect(comparable(overRest)).toEqual(comparable(expectedOfRest(row, graphql)));
  });

  it.each(called)('%s lets the same people in over every protocol', async (key, row) => {
    const { given, verdict, isLast } = scenarioOf(key);
    const expected: Record<string, number> = {};
    const found: Record<string, number> = {};
    for (const [role, code] of expectedByRole(verdict)) {
      for (const [protocol, call] of protocolsOf(row)) {
        const world = await stage.world(role);
        const caller = isLast ? await stage.newcomer() : world.caller;
        const answer = await call(row, given({ ...world, caller }), caller);
        expected[`${role} over ${protocol}`] = code;
        found[`${role} over ${protocol}`] = answer.code === 201 ? 200 : answer.code;
        if (code < 300 && isMutation(row)) stage.changed(role);
      }
    }
    expect(found).toEqual(expected);
  });

  it.each(called)('%s asks for identity unless it is public', async (key, row) => {
    const { given, verdict } = scenarioOf(key);
    const world = await stage.world('owner');
    const nobody = { url: stage.server.url };
    for (const [protocol, call] of protocolsOf(row)) {
      if (protocol === 'Socket.IO' || (key === 'user data: Me' && protocol === 'GraphQL')) continue;
      // Nobody is among the members that a body of old names; its document is asked by another row.
      if (row.takes && protocol === 'GraphQL') continue;
      const { code } = await call(row, given(world), nobody);
      expect([protocol, code === 401]).toEqual([protocol, verdict !== 'public']);
    }
  });
});
