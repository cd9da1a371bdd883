import { once } from 'node:events';
import { createServer } from 'node:net';
import { portDoor, socketDoor } from '../door.js';
import type { Engine } from '../engine.js';
import { openEngine } from '../engine.js';
import { prepareFolder } from '../folder.js';
import { lockFolder } from '../lock.js';

/** An engine without a server, for tools that work on the files of a stopped database. */
export interface OpenStore {
  readonly engine: Engine;
  close(): Promise<void>;
}

/** @throws DataFolderInUseError while a database is running on the folder, DataFolderError when it cannot be used. */
export async function openStore(dataDir: string): Promise<OpenStore> {
  const path = prepareFolder(dataDir);
  const door = process.platform === 'win32' ? await portDoor() : socketDoor(path);
  const lock = await lockFolder(path, door.endpoint);
  door.clear();
  const beacon = createServer((socket) => socket.destroy()).listen(door.address);
  const leave = (): void => {
    beacon.close();
    door.remove();
    lock.release();
  };
  try {
    await once(beacon, 'listening');
    const engine = openEngine(path);
    return { engine, close: async () => engine.close().then(leave) };
  } catch (error) {
    leave();
    throw error;
  }
}
