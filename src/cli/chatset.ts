import { Command } from 'commander';
import { about } from '../about.js';
import { adminCommand } from './admin-command.js';
import { attempt, examples } from './command.js';

/** Commands load what they need when they run, so that `--help` needs nothing. */
const program = new Command('chatset')
  .description('A self-hosted real-time messaging server with direct chats and groups.')
  .version(about.version, '--version', 'print the version')
  .showHelpAfterError('Run "chatset --help" to see all commands.')
  .addHelpText('after', '\nSettings are environment variables, also read from .env; .env.example lists them all.');

program
  .command('start')
  .description('start the server; Ctrl-C stops it')
  .addHelpText('after', examples('chatset start', 'PORT=8080 DATA_DIR=/var/lib/chatset chatset start'))
  .action(async () => {
    const { main } = await import('../main.js');
    await main();
  });

program
  .command('demo')
  .description('play a scene on a running server and check that everyone heard every line once and in order')
  .argument('[address]', 'the same as --url')
  .option('--url <url>', 'the address of the server (default: where HOST and PORT put it)')
  .addHelpText('after', examples('chatset demo', 'chatset demo --url http://127.0.0.1:8080'))
  .action((address: string | undefined, { url }: { url?: string }) =>
    attempt(async () => {
      const { loadConfig } = await import('../config.js');
      const { ownAddress } = await import('./own-address.js');
      const { runDemo } = await import('../demo/demo.js');
      process.exitCode = await runDemo(url ?? address ?? ownAddress(loadConfig()));
    }),
  );

program.addCommand(adminCommand());

program
  .command('export')
  .description('write all data to a folder, as mongodump lays it out; every server of the data must be stopped')
  .argument('[folder]', 'where to', 'dump')
  .addHelpText('after', examples('chatset export', 'MONGODB_URI=mongodb://localhost/chatset chatset export backup'))
  .action((folder: string) =>
    attempt(async () => {
      const { exportAll } = await import('./backup.js');
      await exportAll(folder);
    }),
  );

program
  .command('import')
  .description('read all data from a folder that export or mongodump wrote; every server of the data must be stopped')
  .argument('[folder]', 'where from', 'dump')
  .option('--drop', 'throw away everything that the database holds now', false)
  .addHelpText(
    'after',
    examples('chatset import', 'MONGODB_URI=mongodb://localhost/chatset chatset import backup --drop'),
  )
  .action((folder: string, options: { drop: boolean }) =>
    attempt(async () => {
      const { importAll } = await import('./backup.js');
      await importAll(folder, options);
    }),
  );

await program.parseAsync();
