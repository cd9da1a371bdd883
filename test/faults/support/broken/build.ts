import type { Fault } from '../checks/fault.js';
import type { Flaws } from '../lossy-link.js';

/** One place in the built product, and what stands there instead. */
export interface Change {
  /** Below `dist/src`. */
  readonly module: string;
  readonly from: string;
  readonly to: string;
}

/** A product that is changed. */
export interface ChangedBuild {
  readonly name: string;
  readonly changes: readonly Change[];
}

/** A product that breaks a promise. */
export interface BrokenBuild extends ChangedBuild {
  /** What is wrong around it. */
  readonly flaws?: Partial<Flaws>;
  /** What the checker must find, at least one of them; nothing where the product has to mend itself. */
  readonly faults: readonly Fault['promise'][];
  /** What the nemesis does to it. */
  readonly deeds?: readonly string[];
  /** Whether it is tried in CI too. */
  readonly isAlways?: boolean;
}
