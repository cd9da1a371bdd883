import { GraphiQL } from 'graphiql';
import { buildSchema } from 'graphql';
import { useEffect, useMemo, useState } from 'react';
import sdl from '../../../schema/schema.graphql?raw';
import { Api } from './api.js';
import { editorStorage } from './editor-storage.js';
import { LogIn } from './log-in.js';
import { type Viewer, viewerOf } from './viewer.js';

const schema = buildSchema(sdl);

/** The theme that was chosen on the chat page, until another is chosen in the editor's own settings. */
const theme = document.documentElement.dataset.theme;
const defaultTheme = theme === 'light' || theme === 'dark' ? theme : null;

/** GraphiQL with the schema built in, a tab for each file of documented operations, and a log-in. */
export function Playground() {
  const api = useMemo(() => new Api(), []);
  const [viewer, setViewer] = useState<Viewer | null>();
  useEffect(() => {
    viewerOf(api).then(setViewer, () => setViewer(null));
  }, [api]);
  return (
    <div className="playground">
      <h1 className="visually-hidden">Chatset playground</h1>
      {viewer !== undefined && (
        <>
          <LogIn api={api} viewer={viewer} />
          <main>
            <Editor api={api} viewer={viewer} />
          </main>
        </>
      )}
    </div>
  );
}

function Editor({ api, viewer }: { readonly api: Api; readonly viewer: Viewer | null }) {
  const storage = useMemo(() => editorStorage(viewer), [viewer]);
  return (
    <GraphiQL
      fetcher={api.fetcher}
      schema={schema}
      storage={storage}
      defaultTheme={defaultTheme}
      isHeadersEditorEnabled={false}
      defaultEditorToolsVisibility="variables"
    >
      <GraphiQL.Logo>
        <span />
      </GraphiQL.Logo>
    </GraphiQL>
  );
}
