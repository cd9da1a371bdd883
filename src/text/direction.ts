/** The characters that end what an embedding or override begins, and what an isolate begins (Unicode annex 9). */
const popFormat = '\u202C';
const popIsolate = '\u2069';

/**
 * Whether a text leaves the direction of what stands beside it alone: it does not begin with a control of the
 * direction of writing, ends each one that it begins, and none besides.
 */
export function keepsDirection(text: string): boolean {
  const open: string[] = [];
  for (const [control] of text.matchAll(/[\u202A-\u202E\u2066-\u2069]/g)) {
    if (control !== popFormat && control !== popIsolate) open.push(closerOf(control));
    else if (open.pop() !== control) return false;
  }
  return open.length === 0 && !/^[\u202A-\u202E\u2066-\u2069]/.test(text);
}

function closerOf(control: string): string {
  return control <= '\u202E' ? popFormat : popIsolate;
}
