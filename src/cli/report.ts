import { ConfigError } from '../config.js';

/** Writes why a command could not do its work, and where to look when a setting is at fault. */
export function reportFailure(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  const hint = error instanceof ConfigError ? 'See .env.example for all settings.\n' : '';
  process.stderr.write(`chatset: ${reason}\n${hint}`);
}
