import { useSyncExternalStore } from 'react';
import { Store } from '../state/store.js';
import { type Language, languages } from '../text/catalogue.js';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** What a person chose on this browser. */
export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
  /** Whether the browser tells of new messages while nobody looks at the page. */
  readonly notifications: boolean;
}

const key = 'chatset:preferences';
const store = new Store(stored());

/** Shows the theme before anything is drawn, and follows other tabs. */
export function applyPreferences(): void {
  show(store.get());
  window.addEventListener('storage', (event) => {
    if (event.key === key) take(stored());
  });
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(store.subscribe, store.get);
}

export function prefer(choice: Partial<Preferences>): void {
  take({ ...store.get(), ...choice });
  try {
    localStorage.setItem(key, JSON.stringify(store.get()));
  } catch {
    // A browser that keeps nothing: the choice holds until the page is left.
  }
}

function take(preferences: Preferences): void {
  store.update(() => preferences);
  show(preferences);
}

function show({ theme }: Preferences): void {
  document.documentElement.dataset.theme = theme;
}

function stored(): Preferences {
  const language = navigator.language.startsWith('es') ? 'es' : 'en';
  try {
    const {
      language: chosen,
      theme,
      notifications,
    } = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>;
    return {
      language: languages.find((known) => known === chosen) ?? language,
      theme: themes.find((known) => known === theme) ?? 'system',
      notifications: notifications === true,
    };
  } catch {
    return { language, theme: 'system', notifications: false };
  }
}
