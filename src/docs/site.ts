/** The languages of the pages that the server writes itself. */
export type PageLanguage = 'en' | 'es';
export const pageLanguages: readonly PageLanguage[] = ['en', 'es'];

/** A place of the server that people look at. */
export interface SiteLink {
  readonly path: string;
  readonly name: Readonly<Record<PageLanguage, string>>;
  /** A page in the product's look, or a file as programs read it. */
  readonly kind: 'page' | 'file';
}

const both = (name: string): SiteLink['name'] => ({ en: name, es: name });

/** The one list of what stands in the header of every page but the chat page, in this order. */
export const siteLinks: readonly SiteLink[] = [
  { path: '/', name: both('Chat'), kind: 'page' },
  { path: '/playground', name: both('Playground'), kind: 'page' },
  { path: '/docs', name: { en: 'Docs', es: 'Documentación' }, kind: 'page' },
  { path: '/docs/rest', name: both('REST'), kind: 'page' },
  { path: '/schema.graphql', name: both('SDL'), kind: 'file' },
  { path: '/openapi.json', name: both('OpenAPI'), kind: 'file' },
  { path: '/asyncapi.json', name: both('AsyncAPI'), kind: 'file' },
];

/** What every page loads: the design, and the script that shows the theme before anything is drawn. */
export const siteFiles = { style: '/look.css', theme: '/theme.js' } as const;

const labels = { en: 'Pages and descriptions of the API', es: 'Páginas y descripciones de la API' };

const mark = (paper: string, ink: string): string =>
  `<rect width="32" height="32" rx="9" fill="${paper}"/><path d="M9 10h14M9 16h10M9 22h6" stroke="${ink}" stroke-width="3" stroke-linecap="round"/>`;

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${mark('#0e5a4e', '#f7f4ee')}</svg>`;

/** The part of a page's head that all share. */
export function siteHead(title: string): string {
  return `<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${escaped(title)}</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}" />
<link rel="stylesheet" href="${siteFiles.style}" />
<script src="${siteFiles.theme}"></script>`;
}

/**
 * The header that all pages share.
 * @param current the path of the page itself, if it is one of the list
 * @param extra markup at its end
 */
export function siteHeader(current: string | undefined, language: PageLanguage, extra = ''): string {
  const links = siteLinks.map(({ path, name, kind }) => {
    const isCurrent = path === current ? ' aria-current="page"' : '';
    return `<a href="${path}" data-kind="${kind}"${isCurrent}>${name[language]}</a>`;
  });
  return `<header class="site-header">
<a class="site-brand" href="/"><svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">${mark('var(--brand)', 'var(--on-brand)')}</svg>Chatset</a>
<nav aria-label="${labels[language]}">${links.join('\n')}</nav>${extra}
</header>`;
}

/** What a page that the server writes is made of. `body` is markup. */
export interface SitePage {
  readonly title: string;
  readonly language: PageLanguage;
  /** The path of the page, if it is in the header. */
  readonly current?: string;
  /** Markup at the end of the header. */
  readonly extra?: string;
  readonly body: string;
}

/** A whole page in the product's look. */
export function sitePage({ title, language, current, extra, body }: SitePage): string {
  return `<!doctype html>
<html lang="${language}" data-theme="system">
<head>
${siteHead(title)}
</head>
<body class="site">
${siteHeader(current, language, extra)}
<main class="site-main">
${body}
</main>
</body>
</html>
`;
}

/** A text as it may stand in markup and in attributes. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
