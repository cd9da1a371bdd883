import type { EventForms } from './event-forms.js';

const texts = {
  en: {
    title: 'Events of Chatset',
    introduction:
      'What can happen in a chat, and the forms in which each protocol asks for it, does it and tells of it. All forms of one event do the same.',
    event: 'Event',
    query: 'Query',
    mutation: 'Mutation',
    subscription: 'Subscription',
    socketIo: 'Socket.IO',
    rest: 'REST (/api/v1)',
    playground: 'Playground',
    schema: 'Schema',
    other: ['es', 'Español'],
  },
  es: {
    title: 'Eventos de Chatset',
    introduction:
      'Lo que puede ocurrir en un chat, y las formas en que cada protocolo lo pide, lo hace y lo cuenta. Todas las formas de un evento hacen lo mismo.',
    event: 'Evento',
    query: 'Consulta',
    mutation: 'Mutación',
    subscription: 'Suscripción',
    socketIo: 'Socket.IO',
    rest: 'REST (/api/v1)',
    playground: 'Entorno de pruebas',
    schema: 'Esquema',
    other: ['en', 'English'],
  },
} as const;

/** The languages of the page. */
export type PageLanguage = keyof typeof texts;
export const pageLanguages = Object.keys(texts) as PageLanguage[];

const columns = ['query', 'mutation', 'subscription', 'socketIo', 'rest'] as const;

/** The page that shows every event in all its forms, complete in itself. */
export function eventPage(events: readonly EventForms[], language: PageLanguage): string {
  const words = texts[language];
  const shown = columns.filter((column) => events.some((event) => event[column] !== undefined));
  const head = shown.map((column) => `<th scope="col">${words[column]}</th>`).join('');
  const rows = events.map((event) => {
    const cells = shown.map((column) => `<td data-column="${words[column]}">${codes(event[column])}</td>`).join('');
    return `<tr id="${idOf(event)}"><th scope="row">${escaped(event.event)}</th>${cells}</tr>`;
  });
  const [otherLanguage, otherName] = words.other;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${words.title}</title>
<link rel="icon" href="data:," />
<style>${style}</style>
</head>
<body>
<header>
<h1>${words.title}</h1>
<nav>
<a href="/playground">${words.playground}</a>
<a href="/schema.graphql">${words.schema}</a>
<a href="?lang=${otherLanguage}" lang="${otherLanguage}" hreflang="${otherLanguage}">${otherName}</a>
</nav>
</header>
<main>
<p>${words.introduction}</p>
<table>
<thead><tr><th scope="col">${words.event}</th>${head}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</main>
</body>
</html>
`;
}

function codes(names: readonly string[] = []): string {
  return names.map((name) => `<code>${escaped(name)}</code>`).join(' ') || '–';
}

const idOf = ({ event }: EventForms): string => event.replaceAll(/\W+/g, '-');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const style = `
:root { color-scheme: light dark; --edge: light-dark(#d5d8df, #3a4150); --accent: light-dark(#b3005e, #ff7ab8); }
body { margin: 0; font: 0.9375rem/1.5 system-ui, sans-serif; color: light-dark(#252b3a, #e3e6ee);
  background: light-dark(#fff, #212a3b); }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1.25rem; padding: 0.5rem 1rem;
  border-bottom: 1px solid var(--edge); }
h1 { margin: 0; font-size: 1rem; }
nav { display: flex; flex-wrap: wrap; gap: 1rem; }
a { color: var(--accent); text-underline-offset: 0.2em; }
main { max-width: 90rem; margin: 0 auto; padding: 1rem; }
p { max-width: 45rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.5rem 0.75rem; border-bottom: 1px solid var(--edge); text-align: start; vertical-align: top; }
thead th { position: sticky; top: 0; background: light-dark(#f0f1f4, #2c3548); }
tbody th { font-weight: 600; white-space: nowrap; }
code { display: inline-block; font-family: ui-monospace, monospace; font-size: 0.875em; }
tr:target { background: light-dark(#fdeaf3, #3a2e44); }
@media (width < 50rem) {
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  tr, tbody th, td { display: block; border: 0; padding: 0.125rem 0; }
  tr { padding: 0.75rem 0; border-bottom: 1px solid var(--edge); }
  td::before { content: attr(data-column) ': '; opacity: 0.75; }
}
`;
