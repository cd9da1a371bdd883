/**
 * Copies a text. Browsers give the clipboard to pages that came over TLS only; for others there is the older way.
 * @throws Error when the browser does not let the page copy
 */
export async function copyText(text: string): Promise<void> {
  // Over plain HTTP there is none, whatever the types say.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard) await clipboard.writeText(text);
  else if (!copySelected(text)) throw new Error('The browser does not let the page copy.');
}

/** Selects the text in a field that is there for a moment, and copies the selection. */
function copySelected(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without TLS
    return document.execCommand('copy');
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus();
  }
}
