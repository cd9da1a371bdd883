/** Times of sockets, in milliseconds. */
export interface WsTimings {
  /** A socket that has not introduced itself by then is closed. */
  readonly init: number;
  /** Between two pings; who has not answered one by the next is gone. */
  readonly ping: number;
  /** A reader that has not drained its buffer by then is closed. */
  readonly slowReader: number;
}

export const defaultWsTimings: WsTimings = { init: 3_000, ping: 25_000, slowReader: 30_000 };
