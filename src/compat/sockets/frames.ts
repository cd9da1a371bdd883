import type { Push, PushRow } from '../table/pushes.js';

/** A push as it goes over the wire of every socket. */
export interface Frame {
  readonly push: Push;
  /** An event packet of the default namespace (Socket.IO protocol 4 and 5). */
  readonly packet: string;
}

/** Makes frames of the answers of subscriptions: once for all sockets that share an answer. */
export class Frames {
  private readonly shared = new WeakMap<Buffer, Map<PushRow, readonly Frame[]>>();

  /** @param body the JSON text of an answer; the same Buffer for all that share it */
  of(row: PushRow, body: Buffer, viewerId: string): readonly Frame[] {
    if (row.isPersonal) return make(row, body, viewerId);
    const byRow = this.shared.get(body) ?? new Map<PushRow, readonly Frame[]>();
    this.shared.set(body, byRow);
    const known = byRow.get(row);
    if (known) return known;
    const frames = make(row, body, viewerId);
    byRow.set(row, frames);
    return frames;
  }
}

function make({ pushesOf }: PushRow, body: Buffer, viewerId: string): readonly Frame[] {
  const { data } = JSON.parse(body.toString()) as { data: unknown };
  return pushesOf(data as never, viewerId).map((push) => ({
    push,
    packet: `2${JSON.stringify([push.event, push.data])}`,
  }));
}
