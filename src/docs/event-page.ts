import type { EventForms } from './event-forms.js';
import { escaped, sitePage, type PageLanguage } from './site.js';

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
    other: ['en', 'English'],
  },
} as const;

const columns = ['query', 'mutation', 'subscription', 'socketIo', 'rest'] as const;

/** The page that shows every event in all its forms. */
export function eventPage(events: readonly EventForms[], language: PageLanguage): string {
  const words = texts[language];
  const shown = columns.filter((column) => events.some((event) => event[column] !== undefined));
  const head = shown.map((column) => `<th scope="col">${words[column]}</th>`).join('');
  const rows = events.map((event) => {
    const cells = shown.map((column) => `<td data-column="${words[column]}">${codes(event[column])}</td>`).join('');
    return `<tr id="${idOf(event)}"><th scope="row">${escaped(event.event)}</th>${cells}</tr>`;
  });
  const [otherLanguage, otherName] = words.other;
  const body = `<h1>${words.title}</h1>
<p>${words.introduction}</p>
<table>
<thead><tr><th scope="col">${words.event}</th>${head}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
  const extra = `<a class="site-language" href="?lang=${otherLanguage}" lang="${otherLanguage}" hreflang="${otherLanguage}">${otherName}</a>`;
  return sitePage({ title: words.title, language, current: '/docs', extra, body });
}

function codes(names: readonly string[] = []): string {
  return names.map((name) => `<code>${escaped(name)}</code>`).join(' ') || '–';
}

const idOf = ({ event }: EventForms): string => event.replaceAll(/\W+/g, '-');
