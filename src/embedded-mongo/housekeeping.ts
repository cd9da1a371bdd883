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

/** Looks after old cursors and expired documents until it is stopped. */
export class Housekeeping {
  readonly #timer = setInterval(() => this.#tick(), tick);
  #lastRemoval = Date.now();
  #removal: Promise<void> | undefined;
  #isStopped = false;

  constructor(readonly engine: Engine) {}

  /** Resolves when nothing of it is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#isStopped = true;
    await this.#removal;
  }

  #tick(): void {
    const { cursors, cursorTimeout, ttlInterval } = this.engine;
    cursors.expire(Date.now() - cursorTimeout);
    if (this.#removal || Date.now() - this.#lastRemoval < ttlInterval) return;
    this.#lastRemoval = Date.now();
    this.#removal = this.#removeAll().finally(() => (this.#removal = undefined));
  }

  /** Removes all documents that TTL indexes say are past their time; one index that fails keeps no other from it. */
  async #removeAll(): Promise<void> {
    for (const expiry of this.engine.catalog.all().flatMap(expiriesOf)) {
      await this.#removeAllOf(expiry).catch((error: unknown) => {
        console.error(`The expired documents of ${expiry.namespace} (${expiry.path}) could not be removed:`, error);
      });
    }
  }

  async #removeAllOf(expiry: Expiry): Promise<void> {
    while (!this.#isStopped && (await removeExpired(this.engine, expiry)) === removalBatch);
  }
}
