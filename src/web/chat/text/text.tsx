import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { usePreferences } from '../settings/preferences.js';
import { type Language, type PluralKey, pluralOf, type TextKey, textOf, type Values } from './catalogue.js';

interface Texts {
  readonly language: Language;
  (key: TextKey, values?: Values): string;
  readonly plural: (key: PluralKey, count: number, values?: Values) => string;
}

const TextContext = createContext<Texts | undefined>(undefined);

/** Gives the page its language. */
export function TextProvider({ children }: { readonly children: ReactNode }) {
  const { language } = usePreferences();
  useEffect(() => void (document.documentElement.lang = language), [language]);
  const texts = useMemo(() => textsIn(language), [language]);
  return <TextContext value={texts}>{children}</TextContext>;
}

/** The texts of the page in the language that the person chose. */
export function useText(): Texts {
  const texts = useContext(TextContext);
  if (!texts) throw new Error('There are no texts here.');
  return texts;
}

function textsIn(language: Language): Texts {
  const text = (key: TextKey, values?: Values): string => textOf(key, language, values);
  const plural = (key: PluralKey, count: number, values?: Values): string =>
    pluralOf(key, language, { ...values, count });
  return Object.assign(text, { language, plural });
}
