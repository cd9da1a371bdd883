import { readFileSync } from 'node:fs';

interface About {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly author: string;
}

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as About;

/** What this program says of itself; the order of the keys is of old. */
export const about: About = {
  name: manifest.name,
  version: manifest.version,
  description: manifest.description,
  author: manifest.author,
};
