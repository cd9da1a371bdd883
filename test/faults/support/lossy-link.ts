import type { BusLink } from '../../../src/bus/bus-link.js';
import { decode, encode } from '../../../src/bus/envelope.js';
import { Random } from '../../embedded-mongo/support/random.js';

/** What is wrong with one process. */
export interface Flaws {
  readonly seed: number;
  /** How often a message between processes gets lost or comes twice, from 0 to 1. */
  readonly loss?: number;
  readonly repetition?: number;
  /** A broken build: how often entries are never told, and nobody can know that something is missing; from 0 to 1. */
  readonly swallowing?: number;
  /** A broken build: what is not unique in the log. */
  readonly unguarded?: 'everything' | 'clientMessageId';
}

/** A link that loses and repeats, or that swallows behind everybody's back. */
export class LossyLink implements BusLink {
  private readonly random: Random;
  private swallowed = 0;

  constructor(
    private readonly link: BusLink,
    private readonly flaws: Flaws,
  ) {
    this.random = new Random(flaws.seed);
  }

  get isUp(): boolean {
    return this.link.isUp;
  }

  open(...hands: Parameters<BusLink['open']>): Promise<void> {
    return this.link.open(...hands);
  }

  send(bytes: Uint8Array): void {
    const told = this.flaws.swallowing === undefined ? bytes : this.withoutSwallowed(bytes, this.flaws.swallowing);
    if (!told || this.random.chance(this.flaws.loss ?? 0)) return;
    this.link.send(told);
    if (this.random.chance(this.flaws.repetition ?? 0)) this.link.send(told);
  }

  close(): Promise<void> {
    return this.link.close();
  }

  private withoutSwallowed(bytes: Uint8Array, swallowing: number): Uint8Array | undefined {
    const envelope = decode(bytes);
    if (envelope?.kind === 'message' && envelope.message.kind === 'entries' && this.random.chance(swallowing)) {
      this.swallowed += 1;
      return undefined;
    }
    return envelope && encode({ ...envelope, n: envelope.n - this.swallowed });
  }
}
