import { startApp } from '../../../src/app.js';
import { readConfig } from '../../../src/config.js';
import { type Flaws, LossyLink } from './lossy-link.js';

/*
 * A Chatset whose surroundings are flawed: `node server.js <flaws as JSON>`, settings as in the environment.
 */

const flaws = JSON.parse(process.argv[2] ?? '{}') as Flaws;
const config = readConfig(process.env);
const app = await startApp(config, { wrapLink: (link) => new LossyLink(link, flaws) });
if (flaws.isUniquenessSkipped) {
  const { native } = app.collections.log;
  for (const { name, unique } of await native.indexes())
    if (unique && name) await native.dropIndex(name).catch(() => undefined);
}
process.stdout.write(`ready ${app.url}\n`);
