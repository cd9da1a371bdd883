import { isNumeric, toDouble } from './bson/numbers.js';
import type { Doc } from './bson/types.js';
import type { Engine } from './engine.js';
import { collectRows, planFind } from './query/find.js';
import type { CollectionInfo } from './storage/collection-info.js';
import { writerOf } from './storage/writing.js';

/** Documents removed by one transaction, so that others have their turn. */
const removalBatch = 500;
const tick = 1000;

interface Expiry {
  readonly namespace: string;
  readonly path: string;
  readonly seconds: number;
  /** The filter of a partial index: what it leaves out stays. */
  readonly condition: Doc;
}

function expiriesOf({ namespace, indexes }: CollectionInfo): Expiry[] {
  return indexes.flatMap(({ spec, partialFilter: condition = {} }) => {
    const seconds = spec.expireAfterSeconds;
    const [path] = Object.keys(spec.key as Doc);
    return isNumeric(seconds) && path !== undefined ? [{ namespace, path, seconds: toDouble(seconds), condition }] : [];
  });
}

/** Removes what is past its time by one index. @returns how many documents went. */
async function removeExpired(engine: Engine, { namespace, path, seconds, condition }: Expiry): Promise<number> {
  return engine.store.write(() => {
    const collection = engine.catalog.get(namespace);
    if (!collection) return 0;
    const filter = { $and: [{ [path]: { $lt: new Date(Date.now() - seconds * 1000) } }, condition] };
    const found = collectRows(planFind(engine, collection, { filter, limit: removalBatch }).rows);
    const writer = writerOf(engine, collection);
    for (const row of found) writer.remove(row, row.doc);
    return found.length;
  });
}

/** Removes all documents that TTL indexes say are past their time. */
async function removeAllExpired(engine: Engine): Promise<void> {
  for (const expiry of engine.catalog.all().flatMap(expiriesOf)) {
    while ((await removeExpired(engine, expiry)) === removalBatch);
  }
}

/** Looks after old cursors and expired documents until it is stopped. */
export function startHousekeeping(engine: Engine): { stop(): void } {
  let lastRemoval = Date.now();
  let isRemoving = false;
  const timer = setInterval(() => {
    engine.cursors.expire(Date.now() - engine.cursorTimeout);
    if (isRemoving || Date.now() - lastRemoval < engine.ttlInterval) return;
    isRemoving = true;
    lastRemoval = Date.now();
    removeAllExpired(engine)
      .catch(() => undefined)
      .finally(() => (isRemoving = false));
  }, tick);
  return { stop: () => clearInterval(timer) };
}
