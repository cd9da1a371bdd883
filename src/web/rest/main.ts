import * as Redoc from 'redoc/bundles/redoc.standalone.js';

const root = document.getElementById('root');
// Its search needs a worker made of a text, which the page's security policy does not allow.
if (root)
  Redoc.init('/openapi.json', { disableSearch: true, hideDownloadButtons: true, expandResponses: '200,201' }, root);
