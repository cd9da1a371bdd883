import { GraphiQL } from 'graphiql';
import { buildSchema } from 'graphql';
import { useMemo } from 'react';
import sdl from '../../../schema/schema.graphql?raw';
import { Api } from './api.js';
import { documentedTabs } from './documented-tabs.js';
import { apiLinks } from './links.js';
import { LogIn } from './log-in.js';

const schema = buildSchema(sdl);
const tabs = documentedTabs();

/** GraphiQL with the schema built in, a tab for each file of documented operations, and a log-in. */
export function Playground() {
  const api = useMemo(() => new Api(), []);
  return (
    <div className="playground">
      <header>
        <h1>Chatset playground</h1>
        <nav aria-label="Descriptions of the API">
          {apiLinks.map(({ name, path }) => (
            <a key={path} href={path}>
              {name}
            </a>
          ))}
        </nav>
        <LogIn api={api} />
      </header>
      <main>
        <GraphiQL fetcher={api.fetcher} schema={schema} defaultTabs={tabs} isHeadersEditorEnabled={false}>
          <GraphiQL.Logo>
            <span />
          </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </div>
  );
}
