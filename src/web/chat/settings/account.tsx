import { type SyntheticEvent, useState } from 'react';
import { UserUnregisterDocument } from '../../../generated/operations.js';
import { useEnd } from '../session/end.js';
import { useSession } from '../state/hooks.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { useFaultText } from '../ui/faults.js';
import { Field } from '../ui/field.js';
import { isWrongPassword } from './password-form.js';
import { goTo } from '../ui/route.js';

/** The way out for ever. */
export function Account() {
  const text = useText();
  const [isAsking, setAsking] = useState(false);
  return (
    <section className="card">
      <h2>{text('settings.account')}</h2>
      <p className="muted">{text('settings.unregisterText')}</p>
      <div className="row-end">
        <Button look="danger" onClick={() => setAsking(true)}>
          {text('settings.unregister')}
        </Button>
      </div>
      {isAsking && <Unregister onClose={() => setAsking(false)} />}
    </section>
  );
}

function Unregister({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const { fault, unregister } = useUnregister();
  const [password, setPassword] = useState('');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void unregister(password);
  };
  return (
    <Dialog title={text('settings.unregister')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p className="muted">{text('settings.unregisterText')}</p>
        <Field
          type="password"
          label={text('field.password')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          required
        />
        {fault !== undefined && (
          <p className="fault" role="alert">
            {fault}
          </p>
        )}
        <div className="row-end">
          <Button onClick={onClose}>{text('action.cancel')}</Button>
          <Button look="danger" type="submit">
            {text('settings.unregisterConfirm')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function useUnregister() {
  const text = useText();
  const end = useEnd();
  const { client } = useSession();
  const faultText = useFaultText();
  const [fault, setFault] = useState<string>();
  const unregister = async (password: string): Promise<void> => {
    try {
      await client.request(UserUnregisterDocument, { input: { password } });
      goTo({});
      end();
    } catch (error) {
      setFault(isWrongPassword(error, 'password') ? text('settings.passwordWrong') : faultText(error));
    }
  };
  return { fault, unregister };
}
