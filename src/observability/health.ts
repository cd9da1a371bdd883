/** Finds out whether something that the server needs works; throws or rejects with a sentence when it does not. */
export type HealthCheck = () => Promise<void> | void;

export interface HealthReport {
  /** Whether requests should be sent here. */
  readonly ready: boolean;
  /** Degraded: everything works, but something less well than it should. */
  readonly status: 'ready' | 'degraded' | 'unavailable' | 'stopping';
  /** `ok`, or what is wrong, by the name of each check. */
  readonly checks: Readonly<Record<string, string>>;
}

/** A check that has not answered by then counts as failed, in milliseconds. */
const checkPatience = 2_000;

/** Whether this server can do its work. */
export class Health {
  private isStopping = false;
  private readonly minor: Record<string, HealthCheck> = {};

  /** @param checks without any one of which requests cannot be answered */
  constructor(private readonly checks: Readonly<Record<string, HealthCheck>>) {}

  /** A further check; when it fails, requests are answered all the same. */
  addMinor(name: string, check: HealthCheck): void {
    this.minor[name] = check;
  }

  /** From here on the server is not ready, whatever its checks say. */
  beginStopping(): void {
    this.isStopping = true;
  }

  async report(): Promise<HealthReport> {
    const [vital, minor] = await Promise.all([outcomesOf(this.checks), outcomesOf(this.minor)]);
    const checks = { ...vital, ...minor };
    if (this.isStopping) return { ready: false, status: 'stopping', checks };
    if (!areOk(vital)) return { ready: false, status: 'unavailable', checks };
    return { ready: true, status: areOk(minor) ? 'ready' : 'degraded', checks };
  }
}

function areOk(outcomes: Readonly<Record<string, string>>): boolean {
  return Object.values(outcomes).every((outcome) => outcome === 'ok');
}

async function outcomesOf(checks: Readonly<Record<string, HealthCheck>>): Promise<Record<string, string>> {
  const entries = Object.entries(checks).map(async ([name, check]) => [name, await outcomeOf(check)] as const);
  return Object.fromEntries(await Promise.all(entries));
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
