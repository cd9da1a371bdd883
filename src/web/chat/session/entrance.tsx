import { type SyntheticEvent, useState } from 'react';
import { ChatRequestError } from '../../../client/index.js';
import { LoginDocument, type UserDetailsFragment, UserRegisterDocument } from '../../../generated/operations.js';
import { LanguageChoice } from '../settings/choices.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { useFaultText } from '../ui/faults.js';
import { Field, valueOf } from '../ui/field.js';
import { Brand } from '../ui/brand.js';
import { guest } from './guest.js';

interface EntranceProps {
  readonly onEnter: (me: UserDetailsFragment) => void;
}

/** Where people log in and register. */
export function Entrance({ onEnter }: EntranceProps) {
  const text = useText();
  const [isNew, setNew] = useState(false);
  return (
    <main className="entrance">
      <section className="entrance-card">
        <Brand />
        <h1>{text(isNew ? 'entrance.newTitle' : 'entrance.title')}</h1>
        <EntranceForm key={String(isNew)} isNew={isNew} onEnter={onEnter} />
        <Button look="quiet" onClick={() => setNew(!isNew)}>
          {text(isNew ? 'entrance.toLogIn' : 'entrance.toRegister')}
        </Button>
      </section>
      <LanguageChoice />
    </main>
  );
}

function EntranceForm({ isNew, onEnter }: EntranceProps & { readonly isNew: boolean }) {
  const text = useText();
  const [fault, setFault] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const explain = useEntranceFault(isNew);
  const submit = async (event: SyntheticEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFault(undefined);
    try {
      onEnter(await (isNew ? register : logIn)(new FormData(event.currentTarget)));
    } catch (error) {
      setFault(explain(error));
      setBusy(false);
    }
  };
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <Fields isNew={isNew} />
      {fault !== undefined && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <Button look="primary" type="submit" disabled={isBusy}>
        {text(isNew ? 'entrance.register' : 'entrance.logIn')}
      </Button>
    </form>
  );
}

function Fields({ isNew }: { readonly isNew: boolean }) {
  const text = useText();
  const password = isNew ? 'new-password' : 'current-password';
  return (
    <>
      <Field
        name="username"
        label={text('field.username')}
        hint={isNew ? text('hint.username') : undefined}
        autoComplete="username"
        autoCapitalize="none"
        autoFocus
        required
      />
      {isNew && <Field name="name" label={text('field.name')} autoComplete="name" isOptional />}
      <Field
        name="password"
        type="password"
        label={text('field.password')}
        hint={isNew ? text('hint.password') : undefined}
        autoComplete={password}
        required
      />
      {isNew && <Field name="mail" type="email" label={text('field.mail')} autoComplete="email" isOptional />}
    </>
  );
}

function useEntranceFault(isNew: boolean): (error: unknown) => string {
  const text = useText();
  const faultText = useFaultText();
  return (error) => {
    const code = error instanceof ChatRequestError ? error.code : undefined;
    if (code === 'UNAUTHENTICATED') return text('entrance.wrong');
    if (code === 'CONFLICT' && isNew) return text('entrance.taken');
    return faultText(error);
  };
}

async function logIn(form: FormData): Promise<UserDetailsFragment> {
  const input = { username: valueOf(form, 'username'), password: passwordOf(form) };
  return (await guest.request(LoginDocument, { input })).login.user;
}

async function register(form: FormData): Promise<UserDetailsFragment> {
  const input = {
    username: valueOf(form, 'username'),
    password: passwordOf(form),
    name: valueOf(form, 'name') || undefined,
    mail: valueOf(form, 'mail') || undefined,
  };
  return (await guest.request(UserRegisterDocument, { input })).userRegister.user;
}

/** A password counts with its spaces. */
function passwordOf(form: FormData): string {
  const value = form.get('password');
  return typeof value === 'string' ? value : '';
}
