import type { Entry } from '../storage/store.js';

interface Stream {
  readonly entries: Generator<Entry>;
  readonly prefixLength: number;
  current: Entry;
}

/** A heap of streams, the one with the next entry on top. */
class StreamHeap {
  readonly #streams: Stream[] = [];
  readonly #sign: number;

  constructor(isReverse: boolean) {
    this.#sign = isReverse ? -1 : 1;
  }

  get top(): Stream | undefined {
    return this.#streams[0];
  }

  push(stream: Stream): void {
    this.#streams.push(stream);
    let at = this.#streams.length - 1;
    while (at > 0 && this.#isBefore(at, (at - 1) >> 1)) {
      this.#swap(at, (at - 1) >> 1);
      at = (at - 1) >> 1;
    }
  }

  /** Puts the top where it belongs after its entry has changed, or removes it when it has none left. */
  advanceTop(): void {
    const [top] = this.#streams;
    const next = top?.entries.next();
    if (!top || !next) return;
    if (next.done === true) {
      const last = this.#streams.pop();
      if (last && last !== top) this.#streams[0] = last;
    } else top.current = next.value;
    this.#sink();
  }

  #sink(): void {
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let first = at;
      if (left < this.#streams.length && this.#isBefore(left, first)) first = left;
      if (right < this.#streams.length && this.#isBefore(right, first)) first = right;
      if (first === at) return;
      this.#swap(at, first);
      at = first;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const left = this.#streams[a];
    const right = this.#streams[b];
    if (!left || !right) return false;
    return this.#sign * Buffer.compare(suffix(left), suffix(right)) < 0;
  }

  #swap(a: number, b: number): void {
    const [left, right] = [this.#streams[a], this.#streams[b]];
    if (left && right) [this.#streams[a], this.#streams[b]] = [right, left];
  }
}

function suffix({ current, prefixLength }: Stream): Buffer {
  return current.key.subarray(prefixLength);
}

/** Merges sorted streams by what follows their prefixes. */
export function* mergeStreams(
  streams: readonly { entries: Generator<Entry>; prefixLength: number }[],
  isReverse: boolean,
): Generator<Entry> {
  const heap = new StreamHeap(isReverse);
  for (const { entries, prefixLength } of streams) {
    const first = entries.next();
    if (first.done !== true) heap.push({ entries, prefixLength, current: first.value });
  }
  for (let { top } = heap; top; top = heap.top) {
    yield top.current;
    heap.advanceTop();
  }
}
