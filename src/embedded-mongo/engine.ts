import { CursorTable, cursorTimeout } from './cursors.js';
import { DataFolderError } from './errors.js';
import { dataFile, folderError } from './folder.js';
import { Catalog } from './storage/catalog.js';
import { dataFileProblem } from './storage/file-check.js';
import { Store } from './storage/store.js';

/** The parts that commands work with. */
export class Engine {
  readonly store: Store;
  readonly catalog: Catalog;
  readonly cursors = new CursorTable();
  readonly startedAt = Date.now();
  /** Milliseconds between two looks for expired documents (`setParameter: ttlMonitorSleepSecs`). */
  ttlInterval = 60_000;
  /** Milliseconds after which a cursor that nobody asks for is forgotten (`setParameter: cursorTimeoutMillis`). */
  cursorTimeout = cursorTimeout;

  /** Opens the files at `path`, made when they are missing. */
  constructor(readonly path: string) {
    this.store = new Store(path);
    this.catalog = new Catalog(this.store);
  }

  /** Puts what is under way on disk, and closes the files. */
  async close(): Promise<void> {
    this.cursors.clear();
    await this.store.close();
  }
}

/** Opens the files of a folder that was prepared. @throws DataFolderError. */
export function openEngine(dataDir: string): Engine {
  const path = dataFile(dataDir);
  try {
    const problem = dataFileProblem(path);
    if (problem !== undefined) throw new DataFolderError(dataDir, problem, 'damaged');
    return new Engine(path);
  } catch (error) {
    throw folderError(dataDir, error);
  }
}
