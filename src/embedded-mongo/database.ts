import type { Door } from './door.js';
import { portDoor, socketDoor } from './door.js';
import { openEngine } from './engine.js';
import { prepareFolder } from './folder.js';
import { Housekeeping } from './housekeeping.js';
import type { FolderLock } from './lock.js';
import { lockFolder } from './lock.js';
import { WireServer } from './server.js';

/** A database that takes connections. */
export interface RunningDatabase {
  readonly uri: string;
  stop(): Promise<void>;
}

export interface DatabaseOptions {
  readonly dataDir: string;
  /** Listen on a loopback port with a secret instead of a Unix socket. */
  readonly usesPort?: boolean | undefined;
}

async function open(dataDir: string, door: Door, lock: FolderLock): Promise<RunningDatabase> {
  door.clear();
  const engine = openEngine(dataDir);
  const server = new WireServer(engine, door.secret);
  const uri = door.opened(await server.listen(door.address));
  lock.announce(uri);
  const housekeeping = new Housekeeping(engine);
  const stop = async (): Promise<void> => {
    await housekeeping.stop();
    await server.close();
    await engine.close();
    door.remove();
    lock.release();
  };
  return { uri, stop };
}

/**
 * Opens a data folder and listens.
 * @throws DataFolderInUseError, DataFolderError.
 */
export async function startDatabase({ dataDir, usesPort }: DatabaseOptions): Promise<RunningDatabase> {
  const path = prepareFolder(dataDir);
  const door = usesPort ? await portDoor() : socketDoor(path);
  let lock: FolderLock | undefined;
  try {
    lock = await lockFolder(path, door.endpoint);
    return await open(path, door, lock);
  } catch (error) {
    if (lock || usesPort) door.remove();
    lock?.release();
    throw error;
  }
}
