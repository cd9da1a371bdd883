import examples from '../../../schema/examples.json';
import { tabsOf } from './tabs.js';
import { filledIn, type Viewer } from './viewer.js';

/** Every published operation document, by its path. */
const files = import.meta.glob<string>('../../../schema/operations/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});
/**
 * What is there before a person has done anything, by the editor's own keys. It shows the query and the variables that it
 * held last, in the tab that has both.
 */
const beginnings: Readonly<Record<string, () => string>> = {
  'graphiql:tabState': () => JSON.stringify({ activeTabIndex: 0, tabs: firstTabs() }),
  'graphiql:query': () => firstTabs()[0]?.query ?? '',
  'graphiql:variables': () => firstTabs()[0]?.variables ?? '',
};

/**
 * Where the editor keeps what a person does in it: apart for each one, with the documented operations to begin with. What
 * it reads has the viewer's own ids in place of those of the examples.
 */
export function editorStorage(viewer: Viewer | null) {
  const prefix = `playground:${viewer?.ids.you ?? ''}:`;
  return {
    getItem: (key: string) => {
      const kept = localStorage.getItem(prefix + key) ?? beginnings[key]?.() ?? null;
      return kept === null ? null : filledIn(kept, viewer?.ids ?? {});
    },
    setItem: (key: string, value: string) => localStorage.setItem(prefix + key, value),
    removeItem: (key: string) => localStorage.removeItem(prefix + key),
    clear: () => {
      for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
    },
    get length() {
      return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).length;
    },
  };
}

/** The documented operations; `subject` keeps a tab's name while one works in it. */
function firstTabs() {
  return tabsOf(files, examples.operations).map(({ title, query, variables }) => ({
    ...{ id: title, title, subject: title, query, variables: JSON.stringify(variables, null, 2) },
    ...{ headers: null, operationName: null, response: null },
  }));
}
