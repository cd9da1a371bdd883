import { uriOfHolder } from '../lock.js';
import { fail } from './tool-error.js';

/** The URI of the database that has a data folder open. @throws ToolError when none has. */
export async function findUri(dataDir: string): Promise<string> {
  return (
    (await uriOfHolder(dataDir)) ??
    fail(
      `No embedded database has the data folder ${dataDir} open.`,
      'Start Chatset, or `npm run db:serve`, and ask again.',
    )
  );
}

/** Prints the URI that mongosh and Compass connect with. @throws ToolError when no database is running. */
export async function printUri(dataDir: string): Promise<void> {
  process.stdout.write(`${await findUri(dataDir)}\n`);
}
