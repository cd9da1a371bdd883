import { LRUCache } from 'lru-cache';

/**
 * Remembers what was used last, by key. It takes memory as it fills: told a `max`, the library takes the memory of a
 * full cache at once.
 * @param atMost entries that it holds
 */
export function recentCache<Value extends object | string | number | boolean>(
  atMost: number,
  options: Pick<LRUCache.Options<string, Value, unknown>, 'ttl' | 'ttlResolution' | 'perf'> = {},
): LRUCache<string, Value> {
  return new LRUCache({ ...options, maxSize: atMost, sizeCalculation: () => 1 });
}
