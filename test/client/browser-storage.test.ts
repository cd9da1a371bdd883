import { browserStorage } from '../../src/client/index.js';

/** What a browser has: room for so many values. */
class LocalStorage {
  private readonly values = new Map<string, string>();

  constructor(private readonly room: number) {}

  get length(): number {
    return this.values.size;
  }

  key(index: number): string | null {
    return [...this.values.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (!this.values.has(key) && this.values.size >= this.room) throw new Error('QuotaExceededError');
    this.values.set(key, value);
  }

  removeItem(key: string): void {
    this.values.delete(key);
  }
}

function define(property: PropertyDescriptor): void {
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, ...property });
}
afterEach(() => Reflect.deleteProperty(globalThis, 'localStorage'));

/** What is found after everything that a client does with its storage. */
function use(storage: ReturnType<typeof browserStorage>): unknown {
  storage.set('known', '1');
  storage.set('known', '2');
  storage.set('outbox:a', 'A');
  storage.set('outbox:b', 'B');
  storage.delete('outbox:a');
  return [...storage.keys()].sort().map((key) => [key, storage.get(key)]);
}

const expected = [
  ['known', '2'],
  ['outbox:b', 'B'],
];

describe('the storage of a browser', () => {
  it('is shared by tabs, and not by people', () => {
    define({ value: new LocalStorage(Infinity) });
    expect(use(browserStorage('chatset:ana'))).toEqual(expected);
    expect(browserStorage('chatset:ana').get('known')).toBe('2');
    expect([...browserStorage('chatset:leo').keys()]).toEqual([]);
    expect(browserStorage('chatset:leo').get('known')).toBeUndefined();
  });

  it.each([0, 1, 2])('keeps in memory what does not fit, with room for %d', (room) => {
    define({ value: new LocalStorage(room) });
    expect(use(browserStorage('chatset:ana'))).toEqual(expected);
  });

  it('is in memory where a browser keeps nothing', () => {
    expect(use(browserStorage('chatset:ana'))).toEqual(expected);
    define({
      get: () => {
        throw new Error('SecurityError');
      },
    });
    expect(use(browserStorage('chatset:ana'))).toEqual(expected);
  });
});
