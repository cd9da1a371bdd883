import { randomUUID } from 'node:crypto';
import type { Bus, BusListener } from './bus.js';
import type { BusLink } from './bus-link.js';
import { decode, encode, type Envelope } from './envelope.js';
import { Listeners } from './listeners.js';
import type { BusMessage } from './messages.js';
import { Peers } from './peers.js';

/** Times in milliseconds. */
export interface BusTimes {
  /** Between two signs of life. */
  readonly beat: number;
  /** A process that was not heard for so long may have said something that got lost. */
  readonly silent: number;
  /** A process that was not heard for so long takes its people with it. */
  readonly lease: number;
}

const defaultTimes: BusTimes = { beat: 1_000, silent: 3_000, lease: 20_000 };

/**
 * The bus of several processes. Every message carries its process and a number, and every process tells its newest
 * number each second, so whoever missed something knows it: it is told a doubt, and looks for itself.
 */
export class SharedBus implements Bus {
  readonly processId = randomUUID();
  readonly isShared = true;
  private readonly listeners = new Listeners();
  private readonly peers = new Peers();
  private newest = 0;
  private expected: () => readonly string[] = () => [];
  private beating: NodeJS.Timeout | undefined;
  private beatAt = performance.now();

  constructor(
    private readonly link: BusLink,
    private readonly times: BusTimes = defaultTimes,
  ) {}

  /** Connects; without success it goes on trying in the background. */
  async open(): Promise<void> {
    this.beating = setInterval(() => this.beat(), this.times.beat).unref();
    await this.link.open(
      (bytes) => this.receive(bytes),
      () => this.linkChanged(),
    );
  }

  get isWhole(): boolean {
    if (!this.link.isUp || this.peers.silentFor(this.times.silent, performance.now()).length > 0) return false;
    return this.expected().every((id) => this.peers.has(id));
  }

  /** Processes that are known to live in another way; while one of them is not heard, the bus is not whole. */
  expect(processIds: () => readonly string[]): void {
    this.expected = processIds;
  }

  publish(message: BusMessage): void {
    this.newest += 1;
    this.listeners.tell(message);
    this.send({ kind: 'message', from: this.processId, n: this.newest, message });
  }

  subscribe(listener: BusListener): () => void {
    return this.listeners.add(listener);
  }

  hears(processId: string): boolean {
    return this.peers.has(processId);
  }

  async stop(): Promise<void> {
    clearInterval(this.beating);
    this.send({ kind: 'bye', from: this.processId, n: this.newest });
    this.listeners.clear();
    await this.link.close();
  }

  private send(envelope: Envelope): void {
    if (this.link.isUp) this.link.send(encode(envelope));
  }

  private receive(bytes: Uint8Array): void {
    const envelope = decode(bytes);
    if (!envelope || envelope.from === this.processId) return;
    if (envelope.kind === 'bye') {
      this.lose(envelope.from);
      return;
    }
    const { isNews, isDoubtful } = this.peers.hear(envelope, performance.now());
    if (isNews && envelope.kind === 'message') this.listeners.tell(envelope.message);
    if (isDoubtful) this.doubt();
  }

  private linkChanged(): void {
    this.sayBeat();
    this.doubt();
  }

  private beat(): void {
    const now = performance.now();
    // Who stood still itself has heard nobody, and must not take that for their silence.
    if (now - this.beatAt > this.times.silent) {
      this.peers.excuse(now);
      this.doubt();
    }
    this.beatAt = now;
    this.sayBeat();
    for (const id of this.peers.silentFor(this.times.lease, now)) this.lose(id);
  }

  private sayBeat(): void {
    this.send({ kind: 'beat', from: this.processId, n: this.newest });
  }

  private lose(processId: string): void {
    this.peers.forget(processId);
    this.listeners.tell({ kind: 'processGone', processId });
    this.doubt();
  }

  private doubt(): void {
    this.listeners.tell({ kind: 'doubt' });
  }
}
