import { hostname, cpus, totalmem } from 'node:os';
import { Long } from 'bson';
import { fail } from '../errors.js';
import type { Doc } from '../bson/types.js';
import { maxDocumentSize } from '../bson/encode.js';
import { maxMessageSize } from '../wire/limits.js';
import type { CommandContext, CommandTable } from './command.js';

/** The version of MongoDB whose answers are given here. */
const version = '7.0.14';
const maxWireVersion = 21;

function hello({ connectionId, body }: CommandContext): Doc {
  return {
    ...('hello' in body ? { isWritablePrimary: true } : { ismaster: true, isWritablePrimary: true }),
    helloOk: true,
    maxBsonObjectSize: maxDocumentSize,
    maxMessageSizeBytes: maxMessageSize,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion,
    readOnly: false,
  };
}

function buildInfo(): Doc {
  return {
    version,
    versionArray: [...version.split('.').map(Number), 0],
    gitVersion: 'chatset-embedded',
    modules: ['chatset-embedded'],
    sysInfo: 'deprecated',
    javascriptEngine: 'none',
    bits: 64,
    debug: false,
    maxBsonObjectSize: maxDocumentSize,
    storageEngines: ['lmdb'],
  };
}

function hostInfo(): Doc {
  return {
    system: {
      currentTime: new Date(),
      hostname: hostname(),
      cpuAddrSize: 64,
      memSizeMB: Math.round(totalmem() / 2 ** 20),
      numCores: cpus().length,
    },
    os: { type: process.platform, name: process.platform, version: process.version },
    extra: {},
  };
}

function serverStatus({ engine }: CommandContext): Doc {
  const uptime = (Date.now() - engine.startedAt) / 1000;
  const memory = process.memoryUsage();
  return {
    host: hostname(),
    version,
    process: 'chatset-embedded',
    pid: Long.fromNumber(process.pid),
    uptime,
    uptimeMillis: Long.fromNumber(Math.round(uptime * 1000)),
    localTime: new Date(),
    mem: { bits: 64, resident: Math.round(memory.rss / 2 ** 20), virtual: 0 },
    metrics: { cursor: { open: { total: engine.cursors.size } } },
    storageEngine: { name: 'lmdb', persistent: true },
  };
}

const parameters: Doc = {
  featureCompatibilityVersion: { version: '7.0' },
  authenticationMechanisms: [],
  enableTestCommands: false,
  ttlMonitorEnabled: true,
};

function getParameter({ body }: CommandContext): Doc {
  if (body.getParameter === '*') return { ...parameters };
  const known = Object.keys(body).filter((name) => name in parameters);
  if (known.length === 0) fail('InvalidOptions', 'no option found to get');
  return Object.fromEntries(known.map((name) => [name, parameters[name]]));
}

const nothing = (): Doc => ({});

/** Commands that say what this server is. */
export const serverInfoCommands: CommandTable = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: nothing,
  buildInfo,
  buildinfo: buildInfo,
  hostInfo,
  serverStatus,
  getParameter,
  getCmdLineOpts: () => ({ argv: ['chatset'], parsed: {} }),
  getLog: () => ({ totalLinesWritten: 0, log: [] }),
  currentOp: () => ({ inprog: [] }),
  whatsmyuri: () => ({ you: '127.0.0.1:0' }),
  connectionStatus: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
  endSessions: nothing,
  refreshSessions: nothing,
  startSession: () => ({ id: { id: null }, timeoutMinutes: 30 }),
  killSessions: nothing,
  logout: nothing,
  replSetGetStatus: () => fail(76, 'not running with --replSet'),
  getFreeMonitoringStatus: () => ({ state: 'disabled' }),
};
