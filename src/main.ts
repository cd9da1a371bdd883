import { reportFailure } from './cli/report.js';
import { smallStart } from './cli/small-start.js';
import { loadConfig } from './config.js';

/** Reads the settings, starts the server and stops it on a signal. One sentence and exit code 1 when it cannot start. */
export async function main(): Promise<void> {
  try {
    const config = loadConfig();
    const started = smallStart();
    const { startApp } = await import('./app.js');
    const { banner } = await import('./cli/banner.js');
    const app = await startApp(config);
    started();
    stopOnSignal(() => app.stop());
    process.stdout.write(banner(app.url, config));
  } catch (error) {
    fail(error);
  }
}

/** Stops cleanly at the first signal, at once at the second. */
function stopOnSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  const onSignal = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    process.stdout.write('Stopping. Press Ctrl-C again to stop at once.\n');
    stop().then(() => process.exit(0), fail);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

function fail(error: unknown): void {
  reportFailure(error);
  process.exit(1);
}
