import { Command } from 'commander';

const program = new Command('chatset')
  .description('A self-hosted real-time messaging server with direct chats and groups.')
  .showHelpAfterError();

program
  .command('start')
  .description('start the server; settings come from the environment and from .env')
  .action(async () => {
    const { main } = await import('../main.js');
    await main();
  });

program
  .command('demo')
  .description('let the people of a play talk to each other on a running server, and check that all heard every line')
  .option('--url <url>', 'the address of the server')
  .action(async (options: { url?: string }) => {
    const { runDemo } = await import('../demo/demo.js');
    process.exitCode = await runDemo(options.url);
  });

const admin = program.command('admin').description('what only the operator of the machine may do');

admin
  .command('promote')
  .argument('<username>')
  .description('make somebody site admin; works while the server runs, too')
  .action(async (username: string) => {
    const { promote } = await import('./admin.js');
    process.exitCode = await promote(username);
  });

await program.parseAsync();
