import { DataFolderError, DataFolderInUseError } from '../errors.js';
import { exportData, importData, printUri, serve, ToolError } from './index.js';

/*
 * The runner of `npm run db:*`: `node run.js <uri|serve|export|import> [--data <folder>] [<dump folder>]`.
 */

type Tool = (dataDir: string, dump: string) => Promise<void> | void;

interface Count {
  readonly namespace: string;
  readonly documents: number;
}

function printCounts(counts: readonly Count[]): void {
  for (const { namespace, documents } of counts) process.stdout.write(`${namespace}: ${documents} documents\n`);
}

const tools: Readonly<Record<string, Tool>> = {
  uri: (dataDir) => printUri(dataDir),
  serve,
  export: async (dataDir, dump) => printCounts(await exportData(dataDir, dump)),
  import: async (dataDir, dump) => printCounts(await importData(dataDir, dump)),
};

function parse(words: readonly string[]): { tool: Tool; dataDir: string; dump: string } {
  const at = words.indexOf('--data');
  const dataDir = at >= 0 ? words[at + 1] : './data';
  const [name = '', dump = './dump'] = words.filter((_word, i) => at < 0 || (i !== at && i !== at + 1));
  const tool = tools[name];
  if (!tool || dataDir === undefined) {
    throw new ToolError(
      `Unknown use: ${words.join(' ')}.`,
      'Use: npm run db:uri|db:serve|db:export|db:import -- [--data <folder>] [<dump folder>]',
    );
  }
  return { tool, dataDir, dump };
}

try {
  const { tool, dataDir, dump } = parse(process.argv.slice(2));
  await tool(dataDir, dump);
} catch (error) {
  const isForeseen =
    error instanceof ToolError || error instanceof DataFolderError || error instanceof DataFolderInUseError;
  if (!isForeseen) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
