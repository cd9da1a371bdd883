import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PasswordChangeDocument } from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';
import { useText } from '../text/text.js';
import { Field, secretOf } from '../ui/field.js';
import { Form, FormFault, Submit } from '../ui/form.js';

/** Changes the password, which ends all other sessions. */
export function PasswordForm() {
  const text = useText();
  const { isDone, change, touch } = usePasswordChange();
  return (
    <section className="card">
      <h2>{text('settings.password')}</h2>
      <Form action={change} onChange={touch}>
        <Field
          name="currentPassword"
          type="password"
          label={text('settings.currentPassword')}
          autoComplete="current-password"
          required
        />
        <Field
          name="newPassword"
          type="password"
          label={text('settings.newPassword')}
          hint={text('hint.password')}
          autoComplete="new-password"
          required
        />
        <FormFault />
        <div className="row-end">
          <span role="status" className="muted grow">
            {isDone && text('settings.passwordChanged')}
          </span>
          <Submit look="plain">{text('settings.changePassword')}</Submit>
        </div>
      </Form>
    </section>
  );
}

function usePasswordChange() {
  const { client } = useSession();
  const queries = useQueryClient();
  const [isDone, setDone] = useState(false);
  const change = async (form: FormData, element: HTMLFormElement): Promise<void> => {
    setDone(false);
    const input = { currentPassword: secretOf(form, 'currentPassword'), newPassword: secretOf(form, 'newPassword') };
    await client.request(PasswordChangeDocument, { input });
    element.reset();
    setDone(true);
    await queries.invalidateQueries({ queryKey: ['sessions'] });
  };
  return { isDone, change, touch: () => setDone(false) };
}
