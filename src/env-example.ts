import { settings } from './config.js';

/** Characters of a line of comment. */
const lineWidth = 100;

/** The text of `.env.example`: every setting with its sentence and its default, all of them commented out. */
export function envExample(): string {
  const head =
    '# Settings of Chatset. Copy this file to .env and change what you need; the values shown are the defaults.\n';
  const blocks = Object.values(settings).map(
    ({ sentence, variable, fallback }) => `\n${commented(sentence)}\n# ${variable}=${fallback}\n`,
  );
  return head + blocks.join('');
}

function commented(sentence: string): string {
  const lines: string[] = [];
  for (const word of sentence.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < lineWidth) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines.join('\n');
}
