/**
 * Tells whether two reads saw the same. lmdb reads one snapshot for a turn of the event loop and the newest one in the
 * next, and what another thread puts on disk can be read before it says that it is there.
 */
export class View {
  #number = 0;
  #isCommitting = false;
  #isTurnEndAwaited = false;

  /** The same number at two reads: nothing was written between them. */
  get current(): number {
    if (this.#isCommitting && !this.#isTurnEndAwaited) {
      this.#isTurnEndAwaited = true;
      setImmediate(() => this.#endTurn());
    }
    return this.#number;
  }

  /** From here on the transaction may be seen at any turn. */
  beginCommit(): void {
    this.#number += 1;
    this.#isCommitting = true;
  }

  /** The transaction is on disk, or is given up. */
  endCommit(): void {
    this.#number += 1;
    this.#isCommitting = false;
  }

  #endTurn(): void {
    this.#isTurnEndAwaited = false;
    this.#number += 1;
  }
}
