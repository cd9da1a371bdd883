import { Command } from 'commander';
import type { SessionChoice } from './admin.js';
import { attempt, examples } from './command.js';

const who = 'the username of a registered person';

/** What only the operator of the machine may do; each works whether or not the server runs. */
export function adminCommand(): Command {
  const admin = new Command('admin')
    .description('what only the operator of the machine may do')
    .showHelpAfterError('Run "chatset --help" to see all commands.');
  admin
    .command('promote')
    .description('make somebody site admin, whether or not the server runs')
    .argument('<username>', who)
    .addHelpText('after', examples('chatset admin promote ana'))
    .action((username: string) => attempt(async () => (await import('./admin.js')).promote(username)));
  admin
    .command('demote')
    .description('make a site admin a plain person again, whether or not the server runs')
    .argument('<username>', who)
    .addHelpText('after', examples('chatset admin demote ana'))
    .action((username: string) => attempt(async () => (await import('./admin.js')).demote(username)));
  admin
    .command('reset-password')
    .description('give somebody a new password and end all sessions, whether or not the server runs')
    .argument('<username>', who)
    .option('--stdin', 'read the password from standard input instead of making one', false)
    .addHelpText(
      'after',
      examples('chatset admin reset-password ana', 'chatset admin reset-password ana --stdin < password.txt'),
    )
    .action((username: string, options: { stdin: boolean }) =>
      attempt(async () => (await import('./admin.js')).resetPassword(username, options)),
    );
  admin
    .command('sessions')
    .description('list somebody’s sessions, or end them; a running server closes their sockets within seconds')
    .argument('<username>', who)
    .option('--end <id>', 'end this session')
    .option('--end-all', 'end every session')
    .addHelpText('after', examples('chatset admin sessions ana', 'chatset admin sessions ana --end-all'))
    .action((username: string, choice: SessionChoice) =>
      attempt(async () => (await import('./admin.js')).sessions(username, choice)),
    );
  return admin;
}
