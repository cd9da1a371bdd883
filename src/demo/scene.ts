/** Somebody who speaks in a scene. */
export interface Speaker {
  /** The username of the character's account. */
  readonly username: string;
  readonly name: string;
}

/** What one speaker says at once; verses are separated by line ends. */
export interface SceneLine {
  /** The username of its speaker. */
  readonly speaker: string;
  readonly text: string;
}

/** A part of a play that can be performed as messages of a group. */
export interface Scene {
  readonly play: string;
  readonly author: string;
  readonly title: string;
  readonly speakers: readonly Speaker[];
  readonly lines: readonly SceneLine[];
}
