import { existsSync } from 'node:fs';

/** A setting as it is written in the environment, and how its text becomes a value. */
interface Setting<T> {
  readonly variable: string;
  readonly fallback: string;
  readonly sentence: string;
  /** Throws an Error whose message ends the sentence "PORT must be …". */
  readonly parse: (text: string) => T;
}

const setting = <T>(definition: Setting<T>): Setting<T> => definition;

const text = (value: string): string => value;

function wholeNumber(from: number, to: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < from || number > to) {
      throw new Error(`a whole number from ${from} to ${to}`);
    }
    return number;
  };
}

function oneOf<const T extends string>(...choices: T[]): (value: string) => T {
  return (value) => {
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw new Error(`one of ${choices.map((known) => known || 'nothing').join(', ')}`);
    return choice;
  };
}

const onOff = (value: string): boolean => oneOf('on', 'off')(value) === 'on';

function uriWith(...schemes: string[]): (value: string) => string {
  return (value) => {
    if (value === '' || schemes.some((scheme) => value.startsWith(`${scheme}://`))) return value;
    throw new Error(`empty or an address that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`);
  };
}

function secret(value: string): string {
  if (value === '' || /^[\w.~+/=-]{16,}$/.test(value)) return value;
  throw new Error('empty or at least 16 letters, digits or any of -._~+/=');
}

function originList(value: string): readonly string[] {
  const origins = value.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new Error('a comma-separated list of origins such as https://chat.example.org, without a path');
    }
  }
  return origins;
}

/** The one table of settings: Config, `.env.example` and the README's table are all derived from it. */
export const settings = {
  port: setting({
    variable: 'PORT',
    fallback: '3000',
    parse: wholeNumber(0, 65_535),
    sentence: 'The TCP port that carries everything; 0 takes any free one.',
  }),
  host: setting({
    variable: 'HOST',
    fallback: '127.0.0.1',
    parse: text,
    sentence: 'The address to listen on; 0.0.0.0 lets other machines in.',
  }),
  mongodbUri: setting({
    variable: 'MONGODB_URI',
    fallback: '',
    parse: uriWith('mongodb', 'mongodb+srv'),
    sentence: 'The MongoDB to use; empty uses the embedded database in DATA_DIR.',
  }),
  dataDir: setting({
    variable: 'DATA_DIR',
    fallback: './data',
    parse: text,
    sentence: 'The folder of the embedded database; one server at a time.',
  }),
  redisUrl: setting({
    variable: 'REDIS_URL',
    fallback: '',
    parse: uriWith('redis', 'rediss'),
    sentence: 'The Redis through which several processes tell each other what happened; empty means one process.',
  }),
  allowedOrigins: setting({
    variable: 'ALLOWED_ORIGINS',
    fallback: '',
    parse: originList,
    sentence:
      'Comma-separated origins of pages elsewhere that may use this server; empty allows its own origin only. Programs that send no Origin header always pass.',
  }),
  trustProxy: setting({
    variable: 'TRUST_PROXY',
    fallback: '0',
    parse: wholeNumber(0, 10),
    sentence: 'How many proxies stand before the server, for the true address and TLS of a caller.',
  }),
  userDirectory: setting({
    variable: 'USER_DIRECTORY',
    fallback: 'open',
    parse: oneOf('open', 'closed'),
    sentence:
      'open: everyone logged in may list and search people; closed: only contacts, people of shared conversations, and an exact username.',
  }),
  sessionDays: setting({
    variable: 'SESSION_DAYS',
    fallback: '30',
    parse: wholeNumber(1, 3650),
    sentence: 'Days after which an unused session ends.',
  }),
  rateLimits: setting({
    variable: 'RATE_LIMITS',
    fallback: 'on',
    parse: onOff,
    sentence: 'on or off; off is for load tests on a private machine.',
  }),
  introspection: setting({
    variable: 'INTROSPECTION',
    fallback: '',
    parse: oneOf('on', 'off', ''),
    sentence: 'on or off: whether GraphQL introspection is answered; empty means off when NODE_ENV is production.',
  }),
  stopDelay: setting({
    variable: 'STOP_DELAY',
    fallback: '0',
    parse: wholeNumber(0, 300),
    sentence:
      'Seconds for which a server that was told to stop says so at /readyz and still serves, so that a proxy looks elsewhere first.',
  }),
  metrics: setting({
    variable: 'METRICS',
    fallback: 'local',
    parse: oneOf('local', 'open', 'off'),
    sentence:
      'Who may read /metrics: local (only programs on this machine; nobody when TRUST_PROXY is over 0, since anybody may ask through the proxy), open (everybody who reaches the port) or off.',
  }),
  metricsToken: setting({
    variable: 'METRICS_TOKEN',
    fallback: '',
    parse: secret,
    sentence:
      'A secret of at least 16 characters: whoever sends it as a bearer token may read /metrics from anywhere, unless METRICS is off; empty means there is none.',
  }),
  logLevel: setting({
    variable: 'LOG_LEVEL',
    fallback: 'info',
    parse: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    sentence: 'How much is logged: fatal, error, warn, info, debug, trace or silent.',
  }),
} as const;

type Settings = typeof settings;
type Values = { [Name in keyof Settings]: ReturnType<Settings[Name]['parse']> };

/** The frozen settings of one server. `introspection` is already decided. */
export type Config = Readonly<Omit<Values, 'introspection'> & { introspection: boolean }>;

/** Several settings cannot be read; `message` names every one of them and what it must be. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigError';
  }
}

/**
 * Reads all settings from the given variables.
 * @throws ConfigError that names all faults at once.
 */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { variable, fallback, parse }] of Object.entries<Setting<unknown>>(settings)) {
    const given = variables[variable]?.trim();
    try {
      values[name] = parse(given === undefined || given === '' ? fallback : given);
    } catch (error) {
      const shown = parse === secret ? 'something else' : `"${given ?? ''}"`;
      faults.push(`${variable} must be ${(error as Error).message}; it is ${shown}.`);
    }
  }
  if (values.redisUrl !== '' && values.mongodbUri === '') {
    faults.push(
      'REDIS_URL needs MONGODB_URI: it is for several processes, and they share one database. Set both, or leave REDIS_URL empty.',
    );
  }
  if (faults.length > 0) throw new ConfigError(faults);
  const introspection =
    values.introspection === '' ? variables.NODE_ENV !== 'production' : values.introspection === 'on';
  return Object.freeze({ ...(values as Values), introspection });
}

function readEnvFile(): void {
  if (!existsSync('.env')) return;
  try {
    process.loadEnvFile('.env');
  } catch {
    throw new ConfigError(['.env cannot be read: it must be a text file of lines such as PORT=3000.']);
  }
}

/**
 * Reads the process environment, after `.env` in the working folder where there is one.
 * Libraries run in their fast mode unless NODE_ENV says otherwise; what the operator wrote still decides introspection.
 */
export function loadConfig(): Config {
  readEnvFile();
  const config = readConfig(process.env);
  process.env.NODE_ENV ??= 'production';
  return config;
}
