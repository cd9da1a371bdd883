import { Long } from 'bson';
import { fail } from '../errors.js';
import { stageName } from '../aggregate/pipeline.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import type { Doc } from '../bson/types.js';
import { isDoc } from '../bson/types.js';
import { collectionArgument, namespaceArgument } from './arguments.js';
import type { CommandContext } from './command.js';
import { collectionStats } from './statistics.js';

/** A stage that a pipeline begins with: what the server tells of itself or of a collection. */
interface FirstStage {
  readonly isOnCollection: boolean;
  readonly make: (context: CommandContext, spec: unknown) => readonly Doc[];
}

/** What MongoDB tells of the time of commands; none is measured here. */
const unmeasured = new Set(['latencyStats', 'queryExecStats']);

function checkStatistic(name: string): void {
  if (name === 'storageStats' || name === 'count') return;
  if (unmeasured.has(name)) fail('CommandNotSupported', `The embedded database measures no ${name}`);
  fail(40415, `BSON field '$collStats.${name}' is an unknown field.`);
}

function scaleOf(storageStats: unknown): number {
  const scale = isDoc(storageStats) ? storageStats.scale : undefined;
  return isNumeric(scale) ? toDouble(scale) : 1;
}

function collStats(context: CommandContext, spec: unknown): readonly Doc[] {
  if (!isDoc(spec)) fail(5447000, '$collStats must take a nested object');
  const { storageStats, count } = spec;
  Object.keys(spec).forEach(checkStatistic);
  const ns = namespaceArgument(context);
  const collection = collectionArgument(context);
  if (!collection)
    fail('NamespaceNotFound', `Unable to retrieve statistics in $collStats: Collection [${ns}] not found.`);
  return [
    {
      ns,
      host: 'embedded',
      localTime: new Date(),
      ...(storageStats === undefined ? {} : { storageStats: collectionStats(collection, scaleOf(storageStats)) }),
      ...(count === undefined ? {} : { count: collection.count }),
    },
  ];
}

function indexStats(context: CommandContext, spec: unknown): readonly Doc[] {
  if (!isDoc(spec) || Object.keys(spec).length > 0)
    fail(28803, 'The $indexStats stage specification must be an empty object');
  const indexes = collectionArgument(context)?.indexes ?? [];
  const accesses = { ops: Long.ZERO, since: new Date(context.engine.startedAt) };
  return indexes.map(({ name, spec: index }) => ({ name, key: index.key, host: 'embedded', accesses, spec: index }));
}

const firstStages: Readonly<Record<string, FirstStage>> = {
  $listLocalSessions: {
    isOnCollection: false,
    make: ({ body }) => [{ _id: body.lsid ?? {}, lastUse: new Date() }],
  },
  $currentOp: {
    isOnCollection: false,
    make: ({ database, body, connectionId }) => [
      { type: 'op', active: true, op: 'command', ns: `${database}.$cmd.aggregate`, connectionId, command: body },
    ],
  },
  $collStats: { isOnCollection: true, make: collStats },
  $indexStats: { isOnCollection: true, make: indexStats },
};

/** The documents that a pipeline begins with when its first stage makes them; undefined for any other stage. */
export function madeBy(context: CommandContext, stage: unknown): readonly Doc[] | undefined {
  const name = stage === undefined ? '' : stageName(stage);
  const first = firstStages[name];
  if (!first || first.isOnCollection === isNumeric(context.body.aggregate)) return undefined;
  return first.make(context, (stage as Doc)[name]);
}
