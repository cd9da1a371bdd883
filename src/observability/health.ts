/** Finds out whether something that the server needs works; throws or rejects with a sentence when it does not. */
export type HealthCheck = () => Promise<void> | void;

export interface HealthReport {
  /** Whether requests should be sent here. */
  readonly ready: boolean;
  readonly status: 'ready' | 'unavailable' | 'stopping';
  /** `ok`, or what is wrong, by the name of each check. */
  readonly checks: Readonly<Record<string, string>>;
}

/** A check that has not answered by then counts as failed, in milliseconds. */
const checkPatience = 2_000;

/** Whether this server can do its work. */
export class Health {
  private isStopping = false;

  constructor(private readonly checks: Readonly<Record<string, HealthCheck>>) {}

  /** From here on the server is not ready, whatever its checks say. */
  beginStopping(): void {
    this.isStopping = true;
  }

  async report(): Promise<HealthReport> {
    const results = await Promise.all(
      Object.entries(this.checks).map(async ([name, check]) => [name, await outcomeOf(check)] as const),
    );
    const isHealthy = results.every(([, outcome]) => outcome === 'ok');
    const status = this.isStopping ? 'stopping' : isHealthy ? 'ready' : 'unavailable';
    return { ready: status === 'ready', status, checks: Object.fromEntries(results) };
  }
}

async function outcomeOf(check: HealthCheck): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${checkPatience / 1_000} s`), checkPatience);
  });
  try {
    return await Promise.race([Promise.resolve(check()).then(() => 'ok'), timeout]);
  } catch (error) {
    return error instanceof Error ? error.message : 'failed';
  } finally {
    clearTimeout(timer);
  }
}
