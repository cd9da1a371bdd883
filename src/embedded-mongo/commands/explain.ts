import { fail } from '../errors.js';
import { isDoc } from '../bson/types.js';
import type { Doc } from '../bson/types.js';
import { drain } from '../cursors.js';
import type { Deadline } from '../deadline.js';
import { evaluateLet } from '../expressions/evaluate.js';
import { explainPlan } from '../planner/explain.js';
import { compileFilter } from '../query/filter.js';
import type { FindRequest, PlannedFind } from '../query/find.js';
import { planFind } from '../query/find.js';
import { parseSort } from '../query/sort.js';
import { pushDown } from '../aggregate/source.js';
import { arrayArgument, namespaceArgument } from './arguments.js';
import type { CommandContext, CommandTable } from './command.js';
import { findRequest } from './find.js';

type Requests = Readonly<Record<string, (context: CommandContext) => FindRequest>>;

function firstStatement(context: CommandContext, name: string): Doc {
  const [statement] = arrayArgument(context, name);
  return isDoc(statement) ? statement : fail('InvalidLength', 'explained write batches must be of size 1');
}

function filterOf(statement: Doc, name: string): Doc {
  const filter = statement[name];
  return isDoc(filter) ? filter : {};
}

/** What each command that can be explained looks for. */
const requests: Requests = {
  find: findRequest,
  count: ({ body }) => ({ filter: filterOf(body, 'query'), hint: body.hint }),
  distinct: ({ body }) => ({ filter: filterOf(body, 'query'), hint: body.hint }),
  findAndModify: ({ body }) => ({
    filter: filterOf(body, 'query'),
    sort: parseSort(body.sort),
    hint: body.hint,
    limit: 1,
  }),
  update: (context) => {
    const { q, hint } = firstStatement(context, 'updates');
    return { filter: isDoc(q) ? q : {}, hint };
  },
  delete: (context) => {
    const { q, hint } = firstStatement(context, 'deletes');
    return { filter: isDoc(q) ? q : {}, hint };
  },
  aggregate: (context) => {
    const { filter, sort, skip, limit } = pushDown(arrayArgument(context, 'pipeline'));
    return { filter, sort, skip, limit, hint: context.body.hint, variables: evaluateLet(context.body.let) };
  },
};

async function statistics({ rows, counters }: PlannedFind, deadline: Deadline): Promise<Doc> {
  const started = performance.now();
  let nReturned = 0;
  await drain(rows, () => (nReturned += 1), deadline);
  return {
    executionSuccess: true,
    nReturned,
    executionTimeMillis: Math.round(performance.now() - started),
    totalKeysExamined: counters.keys,
    totalDocsExamined: counters.documents,
  };
}

/** The command inside `explain`, as if it had come by itself. */
function innerContext(context: CommandContext): { name: string; inner: CommandContext } {
  const command = context.body.explain;
  if (!isDoc(command)) fail('TypeMismatch', "BSON field 'explain.explain' is the wrong type, expected type 'object'");
  return { name: Object.keys(command)[0] ?? '', inner: { ...context, body: command } };
}

async function explain(context: CommandContext): Promise<Doc> {
  const { name, inner } = innerContext(context);
  const makeRequest = requests[name] ?? fail('CommandNotFound', `Explain failed due to unknown command: ${name}`);
  const request = makeRequest(inner);
  const namespace = namespaceArgument(inner);
  const collection = context.engine.catalog.get(namespace);
  compileFilter(request.filter, { variables: request.variables });
  const planned = collection && planFind(context.engine, collection, request);
  const { filter, sort, skip, limit } = request;
  const isProjected = isDoc(inner.body.projection);
  const winningPlan = planned
    ? explainPlan({ plan: planned.plan, filter, sort, skip, limit, isProjected })
    : { stage: 'EOF' };
  const isRun = context.body.verbosity !== 'queryPlanner';
  return {
    explainVersion: '1',
    queryPlanner: { namespace, parsedQuery: filter, winningPlan, rejectedPlans: [] },
    ...(isRun && planned ? { executionStats: await statistics(planned, context.deadline) } : {}),
    command: inner.body,
    serverInfo: { host: 'embedded', port: 0, version: '7.0.14' },
  };
}

/** The command that shows how another one would be carried out. */
export const explainCommands: CommandTable = { explain };
