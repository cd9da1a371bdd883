import type { Envelope } from './envelope.js';

interface Peer {
  n: number;
  heardAt: number;
}

/** What one envelope means to who hears it. */
export interface Hearing {
  /** Whether it is a message that was not heard before. */
  readonly isNews: boolean;
  /** Whether messages before it may have been missed. */
  readonly isDoubtful: boolean;
}

/** The other processes, as far as they are heard. Times in milliseconds of one clock that never jumps. */
export class Peers {
  private readonly byId = new Map<string, Peer>();

  hear({ from, n, kind }: Envelope, now: number): Hearing {
    const peer = this.byId.get(from);
    const next = kind === 'message' ? n - 1 : n;
    this.byId.set(from, { n: Math.max(n, peer?.n ?? 0), heardAt: now });
    const isNews = kind === 'message' && n > (peer?.n ?? 0);
    return { isNews, isDoubtful: !peer || next > peer.n };
  }

  forget(id: string): void {
    this.byId.delete(id);
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  /** Those who have been silent for so long. */
  silentFor(milliseconds: number, now: number): string[] {
    return [...this.byId].filter(([, peer]) => now - peer.heardAt >= milliseconds).map(([id]) => id);
  }

  /** Whoever was silent until now was so because nobody listened. */
  excuse(now: number): void {
    for (const peer of this.byId.values()) peer.heardAt = now;
  }
}
