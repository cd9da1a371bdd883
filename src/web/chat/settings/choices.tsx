import { languages } from '../text/catalogue.js';
import { useText } from '../text/text.js';
import { Choice } from '../ui/choice.js';
import { useFaults } from '../ui/faults.js';
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

/** Whether the browser tells of new messages; it asks the person before it lets the page do so. */
export function NotificationChoice() {
  const text = useText();
  const { say } = useFaults();
  const { notifications } = usePreferences();
  const choose = async (isWanted: boolean): Promise<void> => {
    const isAllowed = isWanted && 'Notification' in window && (await Notification.requestPermission()) === 'granted';
    prefer({ notifications: isAllowed });
    if (isWanted && !isAllowed) say(text('settings.notificationsRefused'));
  };
  return (
    <Choice
      label={text('settings.notifications')}
      options={[
        { value: 'on', label: text('settings.on') },
        { value: 'off', label: text('settings.off') },
      ]}
      value={notifications ? 'on' : 'off'}
      onChoose={(value) => void choose(value === 'on')}
    />
  );
}
