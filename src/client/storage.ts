/** Keeps texts by key across restarts. A `Map` is one that keeps them in memory. */
export type ClientStorage = Pick<Map<string, string>, 'get' | 'delete'> & {
  set(key: string, value: string): unknown;
  keys(): Iterable<string>;
};

/** The part of the browser's localStorage that is used. */
interface WebStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Keeps the state in the localStorage of a page's origin, under keys that begin with `name`. All tabs share it. Where the
 * browser gives no localStorage, or no more room in it, what does not fit is kept in memory.
 * @param name of its own for every person who may log in on this browser, for instance `chatset:${me.id}`
 */
export function browserStorage(name: string): ClientStorage {
  const local = localStorageOf(globalThis as { readonly localStorage?: WebStorage });
  if (!local) return new Map();
  const overflow = new Map<string, string>();
  const prefix = `${name}:`;
  return {
    get: (key) => overflow.get(key) ?? local.getItem(prefix + key) ?? undefined,
    set: (key, value) => {
      try {
        local.setItem(prefix + key, value);
        overflow.delete(key);
      } catch {
        overflow.set(key, value);
      }
    },
    delete: (key) => {
      local.removeItem(prefix + key);
      return overflow.delete(key);
    },
    keys: () => {
      const stored = Array.from({ length: local.length }, (_nothing, index) => local.key(index) ?? '');
      const own = stored.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
      return new Set([...own, ...overflow.keys()]);
    },
  };
}

/** Browsers that are told to keep nothing throw already when it is looked at. */
function localStorageOf(page: { readonly localStorage?: WebStorage }): WebStorage | undefined {
  try {
    return page.localStorage;
  } catch {
    return undefined;
  }
}
