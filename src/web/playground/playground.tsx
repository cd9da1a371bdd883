import { GraphiQL } from 'graphiql';
import { buildSchema } from 'graphql';
import { useMemo } from 'react';
import sdl from '../../../schema/schema.graphql?raw';
import { Api } from './api.js';
import { documentedTabs } from './documented-tabs.js';
import { LogIn } from './log-in.js';

const schema = buildSchema(sdl);
const tabs = documentedTabs();

/** The theme that was chosen on the chat page, until another is chosen in the editor's own settings. */
const theme = document.documentElement.dataset.theme;
const defaultTheme = theme === 'light' || theme === 'dark' ? theme : null;

/** GraphiQL with the schema built in, a tab for each file of documented operations, and a log-in. */
export function Playground() {
  const api = useMemo(() => new Api(), []);
  return (
    <div className="playground">
      <h1 className="visually-hidden">Chatset playground</h1>
      <LogIn api={api} />
      <main>
        <GraphiQL
          fetcher={api.fetcher}
          schema={schema}
          defaultTabs={tabs}
          defaultTheme={defaultTheme}
          isHeadersEditorEnabled={false}
        >
          <GraphiQL.Logo>
            <span />
          </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </div>
  );
}
