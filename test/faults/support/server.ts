import { startApp } from '../../../src/app.js';
import { readConfig } from '../../../src/config.js';
import { type Flaws, LossyLink } from './lossy-link.js';

/*
 * A Chatset whose surroundings are flawed: `node server.js <flaws as JSON>`, settings as in the environment.
 */

const flaws = JSON.parse(process.argv[2] ?? '{}') as Flaws;
const config = readConfig(process.env);
const app = await startApp(config, { wrapLink: (link) => new LossyLink(link, flaws) });
if (flaws.unguarded) {
  const { native } = app.collections.log;
  for (const { name, unique, key } of await native.indexes()) {
    const isMeant = flaws.unguarded === 'everything' || flaws.unguarded in key;
    // The other server may have dropped it before.
    if (unique && name && isMeant) await native.dropIndex(name).catch(() => undefined);
  }
}
process.stdout.write(`ready ${app.url}\n`);
