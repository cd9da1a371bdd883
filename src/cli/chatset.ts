import { Command } from 'commander';

/** Commands load what they need when they run, so that `--help` needs nothing. */
const program = new Command('chatset')
  .description('A self-hosted real-time messaging server with direct chats and groups.')
  .showHelpAfterError('Run "chatset --help" to see all commands.')
  .addHelpText('after', '\nSettings are environment variables, also read from .env; .env.example lists them all.');

program
  .command('start')
  .description('start the server; Ctrl-C stops it')
  .action(async () => {
    const { main } = await import('../main.js');
    await main();
  });

program
  .command('demo')
  .description('play a scene on a running server and check that everyone heard every line once and in order')
  .argument('[address]', 'the same as --url')
  .option('--url <url>', 'the address of the server (default: http://127.0.0.1:3000)')
  .action(async (address: string | undefined, { url }: { url?: string }) => {
    const { runDemo } = await import('../demo/demo.js');
    process.exitCode = await runDemo(url ?? address);
  });

program
  .command('admin')
  .description('what only the operator of the machine may do')
  .command('promote')
  .description('make somebody site admin, whether or not the server runs')
  .argument('<username>', 'the username of a registered person')
  .action(async (username: string) => {
    const { promote } = await import('./admin.js');
    process.exitCode = await promote(username);
  });

await program.parseAsync();
