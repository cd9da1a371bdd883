import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { Turns, type TurnLimits } from './turns.js';

/** The fewest characters of a password. */
export const minPasswordLength = 8;
/** The most characters of a password; hashing time does not depend on it, but memory on the wire does. */
export const maxPasswordLength = 128;

/** OWASP's second choice of parameters for Argon2id: 19 MiB of memory, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const currentPrefix = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`;

/** One verification costs about 13 ms of one core and 19 MiB: more than two at once only slow each other down. */
const defaultLimits: TurnLimits = { atOnce: 2, waiting: 200 };

/** Who is asked before a password is tried and told when it was right, both while the attempt has its turn. */
export interface PasswordGate {
  /** May throw to refuse the attempt. */
  admit(): Promise<void>;
  passed(): Promise<void>;
}

/** Hashes and verifies passwords with Argon2id, a few at a time. */
export class Passwords {
  private readonly turns: Turns;
  /** A well-formed hash that no password has, so that an unknown person costs the same time as a known one. */
  private readonly nobodysHash = `${currentPrefix}${unpadded(randomBytes(16))}$${unpadded(randomBytes(32))}`;

  constructor(limits: TurnLimits = defaultLimits) {
    this.turns = new Turns(limits);
  }

  /**
   * An Argon2id hash in the PHC format.
   * @throws ChatError UNAVAILABLE, reason BUSY, when too many wait already
   */
  hash(password: string): Promise<string> {
    return this.turns.take(() => hash(normalised(password), cost));
  }

  /**
   * Whether the password has this hash; without a hash it takes the same time and answers false.
   * @throws ChatError UNAVAILABLE, reason BUSY, when too many wait already, and what the gate throws
   */
  matches(password: string, storedHash: string | undefined, gate: PasswordGate): Promise<boolean> {
    return this.turns.take(async () => {
      await gate.admit();
      const equal = await verify(storedHash ?? this.nobodysHash, normalised(password));
      const right = equal && storedHash !== undefined;
      if (right) await gate.passed();
      return right;
    });
  }

  /** Whether a hash was made with other parameters than those in use, so that it should be made anew. */
  isOutdated(storedHash: string): boolean {
    return !storedHash.startsWith(currentPrefix);
  }
}

/** The same password typed on another keyboard may come composed differently. */
function normalised(password: string): string {
  return password.normalize('NFKC');
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
