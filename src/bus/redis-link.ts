import { createClient } from '@redis/client';
import type { BusLink } from './bus-link.js';

/** How long the server waits at its start for Redis, ms. Without it, it starts all the same. */
const startPatience = 2_000;
/** A connection on which nothing came for so long is given up and made anew, ms. Beats come each second. */
const deadAfter = 5_000;
const longestPause = 1_000;

type Client = ReturnType<typeof connectionTo>;

/** The bus's way through Redis: one connection to publish, one that is subscribed. */
export class RedisLink implements BusLink {
  /** The connection for commands; also for what else is shared through Redis. */
  readonly commands: Client;
  private readonly subscription: Client;
  private wasUp = false;
  private isClosing = false;

  /**
   * @param url redis:// or rediss://
   * @param channel the same for all processes of one installation, and only for them
   * @param onError hears why there is no connection, once for each loss
   */
  constructor(
    url: string,
    private readonly channel: string,
    private readonly onError: (error: Error) => void,
  ) {
    this.commands = connectionTo(url);
    this.subscription = connectionTo(url);
  }

  get isUp(): boolean {
    return this.commands.isReady && this.subscription.isReady;
  }

  async open(hear: (bytes: Uint8Array) => void, changed: () => void): Promise<void> {
    const look = (): void => {
      if (this.isUp === this.wasUp) return;
      this.wasUp = this.isUp;
      changed();
    };
    const opened = [this.commands, this.subscription].map((client) => this.connect(client, look));
    // A subscription made once is renewed by the client after every reconnection.
    const subscribed = this.subscription
      .subscribe(this.channel, (bytes: Buffer) => hear(bytes), true)
      .catch((error: unknown) => this.failed(error as Error));
    await Promise.race([Promise.all([...opened, subscribed]), afterwards(startPatience)]);
    look();
  }

  send(bytes: Uint8Array): void {
    // What gets lost is noticed by its number.
    this.commands.publish(this.channel, Buffer.from(bytes)).catch(() => undefined);
  }

  close(): Promise<void> {
    this.isClosing = true;
    return Promise.all([this.commands, this.subscription].map((client) => farewell(client))).then(() => undefined);
  }

  private connect(client: Client, look: () => void): Promise<unknown> {
    client.on('ready', look);
    client.on('reconnecting', look);
    client.on('error', (error: Error) => {
      look();
      this.failed(error);
    });
    return client.connect().catch((error: unknown) => this.failed(error as Error));
  }

  private failed(error: Error): void {
    if (!this.isClosing) this.onError(error);
  }
}

function connectionTo(url: string) {
  return createClient({
    url,
    RESP: 2,
    socket: { connectTimeout: deadAfter, socketTimeout: deadAfter, reconnectStrategy: pauseBefore },
  });
}

/** A little later each time, and never at the same moment as all others. */
function pauseBefore(retries: number): number {
  return Math.min(longestPause, 50 * 2 ** Math.min(retries, 5)) * (0.5 + Math.random() / 2);
}

/** Says what still waits to be said, if Redis listens. */
async function farewell(client: Client): Promise<void> {
  if (client.isReady) await Promise.race([client.close(), afterwards(500)]);
  if (client.isOpen) client.destroy();
}

function afterwards(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
