import mongoose from 'mongoose';
import { type Count, readDump } from '../backup/dump.js';
import { exportDatabase } from '../backup/export-database.js';
import { importDatabase } from '../backup/import-database.js';
import { loadConfig } from '../config.js';
import { progressBar } from './progress.js';
import { withStorage, type StorageOptions } from './storage.js';

/** Writes all data to a folder. @throws Error with cause and remedy */
export async function exportAll(folder: string): Promise<void> {
  const counts = await withDatabase({ sharing: false, making: false }, (db) =>
    exportDatabase(db, folder, progressBar()),
  );
  report(counts);
}

/** Reads all data from a folder. @throws Error with cause and remedy */
export async function importAll(folder: string, options: { readonly drop: boolean }): Promise<void> {
  // Where there is no dump, no database is made for it.
  const dump = readDump(folder);
  const counts = await withDatabase({ sharing: false, making: true }, (db) =>
    importDatabase(db, dump, { ...options, progress: progressBar() }),
  );
  report(counts);
}

/** The bare driver: nothing is made in the database but what is asked for. */
async function withDatabase<T>(options: StorageOptions, work: (db: mongoose.mongo.Db) => Promise<T>): Promise<T> {
  return withStorage(loadConfig(), options, async (uri) => {
    const options = { serverSelectionTimeoutMS: 5_000, writeConcern: { w: 'majority', j: true } } as const;
    const client = new mongoose.mongo.MongoClient(uri, options);
    try {
      return await work(client.db());
    } finally {
      await client.close();
    }
  });
}

function report(counts: readonly Count[]): void {
  for (const { collection, documents } of counts) process.stdout.write(`${collection}: ${documents} documents\n`);
}
