import * as Redoc from 'redoc/bundles/redoc.standalone.js';
import { redocTheme } from './theme.js';
import './rest.css';

const root = document.getElementById('root');

// Its search needs a worker made of a text, which the page's security policy does not allow.
function draw(): void {
  const options = { disableSearch: true, hideDownloadButtons: true, expandResponses: '200,201', theme: redocTheme() };
  if (root) Redoc.init('/openapi.json', options, root);
}

draw();
// Its colours are computed once, so another theme needs another drawing.
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
