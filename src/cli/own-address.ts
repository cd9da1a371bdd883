import type { Config } from '../config.js';

/** Where a server with these settings is reached from this machine, without a slash at its end. */
export function ownAddress({ host, port }: Pick<Config, 'host' | 'port'>): string {
  const isAnywhere = host === '0.0.0.0' || host === '::';
  const name = isAnywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
