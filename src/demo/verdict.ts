/** A line as it stands in the log: what the speaker's send was answered with, or what a feed delivered. */
export interface LoggedLine {
  /** The clientMessageId that its speaker gave it. */
  readonly cue: string;
  readonly seq: number;
  /** The username of its speaker. */
  readonly speaker: string;
  readonly text: string;
}

/** How what somebody heard differs from what was said; all zero when it does not. */
export interface Faults {
  /** Lines that never came. */
  readonly missing: number;
  /** Deliveries of a line that had come before. */
  readonly doubled: number;
  /** Lines that came after one that was said later. */
  readonly disordered: number;
  /** Deliveries with another seq, speaker or text than the line has, or of a line that nobody said. */
  readonly altered: number;
}

/**
 * Compares what somebody heard with what was said.
 * @param said in the order of the play
 * @param heard in the order of arrival
 */
export function faultsOf(said: readonly LoggedLine[], heard: readonly LoggedLine[]): Faults {
  const placeOf = new Map(said.map(({ cue }, place) => [cue, place]));
  const come = new Set<string>();
  let doubled = 0;
  let disordered = 0;
  let altered = 0;
  let latest = -1;
  for (const line of heard) {
    const place = placeOf.get(line.cue);
    if (place === undefined || !isSame(line, said[place])) altered += 1;
    if (come.has(line.cue)) doubled += 1;
    else if (place !== undefined && place < latest) disordered += 1;
    come.add(line.cue);
    latest = Math.max(latest, place ?? -1);
  }
  return { missing: said.filter(({ cue }) => !come.has(cue)).length, doubled, disordered, altered };
}

/** Whether somebody heard every line once, in order and as it was said. */
export function isFaultless(faults: Faults): boolean {
  return Object.values(faults).every((count) => count === 0);
}

function isSame(heard: LoggedLine, said: LoggedLine | undefined): boolean {
  return heard.seq === said?.seq && heard.speaker === said.speaker && heard.text === said.text;
}
