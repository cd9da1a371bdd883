import { useState } from 'react';
import { UserUnregisterDocument } from '../../../generated/operations.js';
import { useEnd } from '../session/end.js';
import { useSession } from '../state/hooks.js';
import type { Sayings } from '../text/refusal.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { useFaults } from '../ui/faults.js';
import { Field, secretOf } from '../ui/field.js';
import { Form, FormFault, Submit } from '../ui/form.js';
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

const sayings: Sayings = { fields: { password: 'fault.currentPassword' } };

function Unregister({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const end = useEnd();
  const session = useSession();
  const { say } = useFaults();
  const unregister = async (form: FormData): Promise<void> => {
    await session.client.request(UserUnregisterDocument, { input: { password: secretOf(form, 'password') } });
    await session.forget();
    goTo({});
    end();
    say(text('settings.unregistered'));
  };
  return (
    <Dialog title={text('settings.unregister')} onClose={onClose}>
      <Form action={unregister} sayings={sayings}>
        <p className="muted">{text('settings.unregisterText')}</p>
        <Field
          name="password"
          type="password"
          label={text('field.password')}
          autoComplete="current-password"
          required
        />
        <FormFault />
        <div className="row-end">
          <Button onClick={onClose}>{text('action.cancel')}</Button>
          <Submit look="danger">{text('settings.unregisterConfirm')}</Submit>
        </div>
      </Form>
    </Dialog>
  );
}
