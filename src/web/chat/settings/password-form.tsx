import { useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { ChatRequestError } from '../../../client/index.js';
import { PasswordChangeDocument } from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { useFaultText } from '../ui/faults.js';
import { Field } from '../ui/field.js';

/** Changes the password, which ends all other sessions. */
export function PasswordForm() {
  const text = useText();
  const { outcome, submit } = usePasswordChange();
  return (
    <section className="card">
      <h2>{text('settings.password')}</h2>
      <form className="stack" onSubmit={(event) => void submit(event)}>
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
          minLength={8}
          maxLength={128}
          required
        />
        <div className="row-end">
          <span role="status" className={outcome?.isDone === false ? 'fault grow' : 'muted grow'}>
            {outcome?.text}
          </span>
          <Button type="submit">{text('settings.changePassword')}</Button>
        </div>
      </form>
    </section>
  );
}

function usePasswordChange() {
  const text = useText();
  const { client } = useSession();
  const queries = useQueryClient();
  const faultText = useFaultText();
  const [outcome, setOutcome] = useState<{ isDone: boolean; text: string }>();
  const submit = async (event: SyntheticEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const input = { currentPassword: typed(form, 'currentPassword'), newPassword: typed(form, 'newPassword') };
    try {
      await client.request(PasswordChangeDocument, { input });
      form.reset();
      setOutcome({ isDone: true, text: text('settings.passwordChanged') });
      await queries.invalidateQueries({ queryKey: ['sessions'] });
    } catch (error) {
      setOutcome({
        isDone: false,
        text: isWrongPassword(error, 'currentPassword') ? text('settings.passwordWrong') : faultText(error),
      });
    }
  };
  return { outcome, submit };
}

/** Whether the server named the present password, given as this field, as what is wrong. */
export function isWrongPassword(error: unknown, field: 'currentPassword' | 'password'): boolean {
  const faults = error instanceof ChatRequestError ? (error.fields ?? []) : [];
  return faults.some(({ path }) => path.split('.').at(-1) === field);
}

/** A password counts with its spaces. */
function typed(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
}
