/** How two people stand to each other. */
export interface Relation {
  /** One of them has blocked the other; which one makes no difference. */
  readonly isBlocked: boolean;
  /** The person who would be written to has unregistered. */
  readonly isGone: boolean;
}

/** Whether one of two people may write to the other alone, or show it that it is typing. */
export function mayMessage({ isBlocked, isGone }: Relation): boolean {
  return !isBlocked && !isGone;
}

/** Nobody is a contact of itself, and nobody blocks itself. */
export function isOther(ownerId: string, userId: string): boolean {
  return ownerId !== userId;
}
