import type { ServerResponse } from 'node:http';
import type { Request, Response } from 'express';
import { errorPage, type ServedError } from '../docs/error-page.js';
import { httpStatusByCode, type ChatError } from '../errors.js';
import { pageLanguages, type PageLanguage } from '../docs/site.js';

/** Answers why something is not served: a page to a person's browser, and JSON to programs. */
export function sendServedError(request: Request, response: Response, error: ServedError): void {
  response.vary('accept');
  response.status(error.status);
  if (!isVisit(request)) {
    response.json({ code: error.status, msg: error.message });
    return;
  }
  response.vary('accept-language');
  response.type('html').send(errorPage(error, languageOf(request)));
}

/** Answers a request that got to no door, in the shape that all doors but GraphQL share. */
export function sendFailure(response: ServerResponse, { code, message, details }: ChatError): void {
  const status = httpStatusByCode[code];
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ code: status, msg: message, ...details }));
}

/** The language of a page for whoever asks. */
export function languageOf(request: Request): PageLanguage {
  const preferred = request.acceptsLanguages(...pageLanguages);
  return pageLanguages.find((language) => language === preferred) ?? 'en';
}

/** Whether somebody opens an address in a browser, or sends a form there: it prefers HTML, and programs that take anything get JSON. */
function isVisit(request: Request): boolean {
  const isByPerson = ['GET', 'HEAD'].includes(request.method) || Boolean(request.is('urlencoded'));
  return isByPerson && request.accepts('json', 'html') === 'html';
}
