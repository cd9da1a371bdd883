/** Carries bytes from every process to all others, in order, as long as it is up. What is sent while it is down is lost. */
export interface BusLink {
  readonly isUp: boolean;
  /**
   * Connects, and connects again for ever after every loss.
   * @param hear is given the bytes of all processes, also of this one
   * @param changed is told after every connection and after every loss
   * @returns once it is up, or after a short time without success
   */
  open(hear: (bytes: Uint8Array) => void, changed: () => void): Promise<void>;
  send(bytes: Uint8Array): void;
  close(): Promise<void>;
}
