/** The part of a browser's window that is used; other programs have nothing like it. */
interface Page {
  addEventListener?(type: string, listener: () => void): void;
  removeEventListener?(type: string, listener: () => void): void;
}

/** Hears what a browser knows of its network. @returns takes the listeners away */
export function onNetworkChange(listeners: Readonly<Record<'online' | 'offline', () => void>>): () => void {
  const page = globalThis as Page;
  const all = Object.entries(listeners);
  for (const [type, listener] of all) page.addEventListener?.(type, listener);
  return () => {
    for (const [type, listener] of all) page.removeEventListener?.(type, listener);
  };
}
