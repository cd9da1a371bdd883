import { useState } from 'react';
import { LogoutDocument } from '../../../generated/operations.js';
import { useEnd } from '../session/end.js';
import { useOutbox, useSession } from '../state/hooks.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Confirm } from '../ui/dialog.js';
import { useFaults } from '../ui/faults.js';
import { goTo } from '../ui/route.js';
import { Account } from './account.js';
import { BlockedPeople } from './blocked-people.js';
import { Administration } from './administration.js';
import { LanguageChoice, NotificationChoice, ThemeChoice } from './choices.js';
import { PasswordForm } from './password-form.js';
import { ProfileForm } from './profile-form.js';
import { Sessions } from './sessions.js';

/** Everything about oneself. */
export function SettingsPane() {
  const text = useText();
  return (
    <div className="pane">
      <header className="pane-head">
        <h1>{text('settings.title')}</h1>
        <LogOut />
      </header>
      <ProfileForm />
      <Administration />
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
        <div className="card-line">
          <span className="stack-tight grow">
            <span>{text('settings.notifications')}</span>
            <span className="muted">{text('settings.notificationsText')}</span>
          </span>
          <NotificationChoice />
        </div>
      </section>
      <Sessions />
      <PasswordForm />
      <BlockedPeople />
      <Account />
    </div>
  );
}

/** Ends the session here. Nothing that the person wrote is left in a browser that others may use. */
function LogOut() {
  const text = useText();
  const end = useEnd();
  const session = useSession();
  const { attempt } = useFaults();
  const unsent = useOutbox().length;
  const [isAsking, setAsking] = useState(false);
  const logOut = (): void => {
    void attempt(() => session.client.request(LogoutDocument, {})).then(async (isDone) => {
      if (!isDone) return;
      await session.forget();
      goTo({});
      end();
    });
  };
  return (
    <>
      <Button onClick={() => (unsent > 0 ? setAsking(true) : logOut())}>{text('settings.logOut')}</Button>
      {isAsking && (
        <Confirm
          title={text('settings.logOutUnsent')}
          text={text.plural('settings.logOutUnsentText', unsent)}
          action={text('settings.logOut')}
          onConfirm={logOut}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
