import { languages } from '../text/catalogue.js';
import { useText } from '../text/text.js';
import { Choice } from '../ui/choice.js';
import { prefer, themes, usePreferences } from './preferences.js';

const languageNames = { en: 'English', es: 'Español' };

export function LanguageChoice() {
  const text = useText();
  const options = languages.map((value) => ({ value, label: languageNames[value] }));
  return (
    <Choice
      label={text('settings.language')}
      options={options}
      value={text.language}
      onChoose={(language) => prefer({ language })}
    />
  );
}

export function ThemeChoice() {
  const text = useText();
  const { theme } = usePreferences();
  const options = themes.map((value) => ({ value, label: text(`theme.${value}`) }));
  return (
    <Choice
      label={text('settings.theme')}
      options={options}
      value={theme}
      onChoose={(next) => prefer({ theme: next })}
    />
  );
}
