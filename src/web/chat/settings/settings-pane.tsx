import { LogoutDocument } from '../../../generated/operations.js';
import { useEnd } from '../session/end.js';
import { useSession } from '../state/hooks.js';
import { useText } from '../text/text.js';
import { Button, IconButton } from '../ui/button.js';
import { useFaults } from '../ui/faults.js';
import { goTo } from '../ui/route.js';
import { Account } from './account.js';
import { BlockedPeople } from './blocked-people.js';
import { LanguageChoice, ThemeChoice } from './choices.js';
import { PasswordForm } from './password-form.js';
import { ProfileForm } from './profile-form.js';
import { Sessions } from './sessions.js';

/** Everything about oneself. */
export function SettingsPane() {
  const text = useText();
  const end = useEnd();
  const { client } = useSession();
  const { attempt } = useFaults();
  const logOut = (): void => {
    void attempt(() => client.request(LogoutDocument, {})).then((isDone) => {
      if (!isDone) return;
      goTo({});
      end();
    });
  };
  return (
    <div className="pane">
      <header className="pane-head">
        <IconButton className="phone-only" icon="back" label={text('action.back')} onClick={() => goTo({})} />
        <h1>{text('settings.title')}</h1>
        <Button onClick={logOut}>{text('settings.logOut')}</Button>
      </header>
      <ProfileForm />
      <section className="card">
        <h2>{text('settings.look')}</h2>
        <div className="card-line">
          <span>{text('settings.theme')}</span>
          <ThemeChoice />
        </div>
        <div className="card-line">
          <span>{text('settings.language')}</span>
          <LanguageChoice />
        </div>
      </section>
      <Sessions />
      <PasswordForm />
      <BlockedPeople />
      <Account />
    </div>
  );
}
