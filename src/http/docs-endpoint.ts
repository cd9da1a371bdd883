import type { RequestHandler } from 'express';
import type { EventForms } from '../docs/event-forms.js';
import { eventPage } from '../docs/event-page.js';
import { pageLanguages } from '../docs/site.js';
import { languageOf } from './served-error.js';

/** Answers the page of all events, in the language of `?lang=` or else of the browser. */
export function docsEndpoint(events: readonly EventForms[]): RequestHandler {
  const pages = new Map(pageLanguages.map((language) => [language as string, eventPage(events, language)]));
  return (request, response, next) => {
    if (request.path !== '/') {
      next();
      return;
    }
    const wished = typeof request.query.lang === 'string' ? request.query.lang : '';
    response.vary('accept-language');
    response.type('html').send(pages.get(wished) ?? pages.get(languageOf(request)));
  };
}
