import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DataFolderInUseError } from './errors.js';

/** Who holds a data folder: the content of its lock file. */
interface Holder {
  readonly pid: number;
  /** When the process began, in the kernel's own count, where it says so: another process with the same pid differs. */
  readonly processStart: string | undefined;
  /** The socket (or port) the holder answers at. */
  readonly endpoint: string | number;
  readonly token: string;
  /** What clients connect with, once they can. */
  readonly uri?: string;
}

/** A data folder that belongs to this process. */
export interface FolderLock {
  /** Tells other processes what to connect with. */
  announce(uri: string): void;
  release(): void;
}

/** A process that has made its lock file answers at its socket well within this time, in milliseconds. */
const answerTime = 3000;
const pollTime = 50;

function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

async function answers(endpoint: string | number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = typeof endpoint === 'number' ? connect(endpoint, '127.0.0.1') : connect(endpoint);
    const finish = (isAnswered: boolean): void => {
      socket.destroy();
      resolve(isAnswered);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}

/**
 * A holder that died leaves its file behind, and its pid may belong to somebody else since. Asking the socket first
 * also finds a holder in another container, whose pids mean nothing here.
 */
async function isHeld(holder: Holder, path: string): Promise<boolean> {
  for (const end = Date.now() + answerTime; Date.now() < end;) {
    if (await answers(holder.endpoint)) return true;
    if (!isAlive(holder.pid)) return false;
    const start = processStart(holder.pid);
    if (start !== undefined && holder.processStart !== undefined) return start === holder.processStart;
    if (readHolder(path)?.token !== holder.token) return false;
    await setTimeout(pollTime);
  }
  return false;
}

function tryTake(path: string, holder: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead holder's file away; the move is atomic, so that of two who try only one goes on with it. */
function clearStale(path: string, stale: Holder | undefined): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved && stale && moved.token !== stale.token) tryTake(path, moved);
  rmSync(aside, { force: true });
}

function lockPath(dataDir: string): string {
  return join(dataDir, 'lock.json');
}

/** The URI of the database that has a folder open; undefined when none has. */
export async function uriOfHolder(dataDir: string): Promise<string | undefined> {
  const holder = readHolder(lockPath(dataDir));
  return holder && (await isHeld(holder, lockPath(dataDir))) ? holder.uri : undefined;
}

/**
 * Takes a data folder for this process.
 * @param endpoint the socket this process is about to answer at.
 * @throws DataFolderInUseError when another database, of this process or another, has it.
 */
export async function lockFolder(dataDir: string, endpoint: string | number): Promise<FolderLock> {
  const path = lockPath(dataDir);
  const holder: Holder = { pid: process.pid, processStart: processStart(process.pid), endpoint, token: randomUUID() };
  while (!tryTake(path, holder)) {
    const other = readHolder(path);
    if (other && (await isHeld(other, path))) throw new DataFolderInUseError(dataDir, other.pid);
    clearStale(path, other);
  }
  return {
    announce: (uri) => {
      const draft = `${path}.${holder.token}`;
      writeFileSync(draft, JSON.stringify({ ...holder, uri }), { mode: 0o600 });
      renameSync(draft, path);
    },
    release: () => {
      if (readHolder(path)?.token === holder.token) rmSync(path, { force: true });
    },
  };
}
