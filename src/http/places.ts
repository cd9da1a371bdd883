/** Something that takes a place for as long as it is open. */
export interface Occupant {
  readonly isOpen: boolean;
  /** Calls back once when it has closed. */
  onClose(callback: () => void): void;
}

/** Counts what is open at once of each owner, such as the sockets of one person. */
export class Places {
  private readonly taken = new Map<string, number>();

  /** @param max places of one owner */
  constructor(private readonly max: number) {}

  /** Takes a place until the occupant closes; false when the owner has none left. */
  take(owner: string, occupant: Occupant): boolean {
    const count = this.taken.get(owner) ?? 0;
    if (count >= this.max) return false;
    if (!occupant.isOpen) return true;
    this.taken.set(owner, count + 1);
    occupant.onClose(() => this.release(owner));
    return true;
  }

  private release(owner: string): void {
    const left = (this.taken.get(owner) ?? 1) - 1;
    if (left === 0) this.taken.delete(owner);
    else this.taken.set(owner, left);
  }
}
