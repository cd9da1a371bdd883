import { escaped, sitePage, type PageLanguage } from './site.js';

interface Words {
  readonly title: string;
  readonly remedy: string;
}

const missing: Record<PageLanguage, Words> = {
  en: { title: 'Page not found', remedy: 'The address may be mistyped, or what was there has moved.' },
  es: {
    title: 'Página no encontrada',
    remedy: 'Puede que la dirección esté mal escrita, o que su contenido se haya movido.',
  },
};
const refused: Record<PageLanguage, Words> = {
  en: {
    title: 'This cannot be answered',
    remedy: 'The server understood the request and does not serve it like this.',
  },
  es: { title: 'Esto no se puede responder', remedy: 'El servidor entendió la petición y no la atiende así.' },
};
const failed: Record<PageLanguage, Words> = {
  en: { title: 'Something went wrong', remedy: 'The fault is on the server. Try again in a moment.' },
  es: { title: 'Algo ha ido mal', remedy: 'El fallo está en el servidor. Vuelve a intentarlo en un momento.' },
};
const back: Record<PageLanguage, string> = { en: 'Back to the chat', es: 'Volver al chat' };

/** Why something was not served. */
export interface ServedError {
  /** An HTTP status from 400 on. */
  readonly status: number;
  /** One English sentence or more, with cause and remedy. */
  readonly message: string;
}

/** What a person sees in the place of a page that cannot be served. */
export function errorPage({ status, message }: ServedError, language: PageLanguage): string {
  const { title, remedy } = (status === 404 ? missing : status < 500 ? refused : failed)[language];
  const body = `<section class="site-note">
<p class="site-status">${status}</p>
<h1>${title}</h1>
<p>${remedy}</p>
<p class="site-detail" lang="en">${escaped(message)}</p>
<p><a class="site-button" href="/">${back[language]}</a></p>
</section>`;
  return sitePage({ title: `${title} · Chatset`, language, body });
}
