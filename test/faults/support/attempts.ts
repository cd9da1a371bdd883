import { ChatRequestError, mayPass } from '../../../src/client/errors.js';
import type { Deed, Refusal } from './history.js';

type Intent = Omit<Deed, 'begun' | 'ended' | 'outcome'>;
type Recorded = { -readonly [Key in keyof Deed]: Deed[Key] };

/** What somebody tries to do beside sending, with what came of it. */
export class Attempts {
  readonly deeds: Deed[] = [];
  private readonly underWay = new Set<Deed>();

  /** How many have not been answered. */
  get open(): number {
    return this.underWay.size;
  }

  /** Tries once. */
  async make(intent: Intent, operation: () => Promise<unknown>): Promise<void> {
    const deed: Recorded = { ...intent, begun: performance.now(), ended: Infinity, outcome: 'unknown' };
    this.deeds.push(deed);
    this.underWay.add(deed);
    try {
      await operation();
      deed.outcome = 'done';
    } catch (error) {
      deed.outcome = refusalOf(error) ?? 'unknown';
    }
    // What failed on the way may still be done later.
    if (deed.outcome !== 'unknown') deed.ended = performance.now();
    this.underWay.delete(deed);
  }
}

/** Why the server would not; undefined when it may have done it, or could not just then. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof ChatRequestError)) throw error;
  const { code, reason } = error;
  return mayPass(error) && code !== 'INTERNAL' ? undefined : { code, reason };
}
