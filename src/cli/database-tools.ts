import { Command } from 'commander';
import { loadConfig } from '../config.js';
import { exportData, importData, printUri, serve } from '../embedded-mongo/tools/index.js';
import { attempt } from './command.js';

/*
 * The runner of `npm run db:*`. Each tool works on the embedded database of the settings, or of `--data <folder>`.
 */

interface Choice {
  readonly data?: string;
}

interface Count {
  readonly namespace: string;
  readonly documents: number;
}

const folderOf = ({ data }: Choice): string => data ?? loadConfig().dataDir;

function printCounts(counts: readonly Count[]): void {
  for (const { namespace, documents } of counts) process.stdout.write(`${namespace}: ${documents} documents\n`);
}

async function exportTo(dump: string, choice: Choice): Promise<void> {
  const counts = await exportData(folderOf(choice), dump);
  printCounts(counts);
  if (counts.length === 0) process.stdout.write('Nothing was exported: the database has no collections.\n');
}

const program = new Command('db').showHelpAfterError(
  'Use: npm run db:uri|db:serve|db:export|db:import -- [--data <folder>] [<dump folder>]',
);

function tool(name: string, description: string): Command {
  return program.command(name).description(description).option('--data <folder>', 'instead of that of DATA_DIR');
}

tool('uri', 'print the address of the database that is running').action((choice: Choice) =>
  attempt(() => printUri(folderOf(choice))),
);
tool('serve', 'run the database without Chatset').action((choice: Choice) => attempt(() => serve(folderOf(choice))));
tool('export', 'write everything to a folder')
  .argument('[folder]', 'where to', './dump')
  .action((dump: string, choice: Choice) => attempt(() => exportTo(dump, choice)));
tool('import', 'read everything from a folder')
  .argument('[folder]', 'where from', './dump')
  .action((dump: string, choice: Choice) => attempt(async () => printCounts(await importData(folderOf(choice), dump))));

await program.parseAsync();
