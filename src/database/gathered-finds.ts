import DataLoader from 'dataloader';
import type { Find, Filter, FindOptions, Repository } from './repository.js';

/** Finds entities of one collection. */
export interface Finder<T> {
  find(filter: Filter, options?: FindOptions): Promise<T[]>;
}

/** Finds that are asked for in the same turn of the event loop go out as one command. */
export function gatheredFinds<T extends object>(repository: Repository<T>): Finder<T> {
  const finds = new DataLoader<Find, T[]>((asked) => repository.findEach(asked), { cache: false });
  return { find: (filter, options = {}) => finds.load({ filter, options }) };
}
