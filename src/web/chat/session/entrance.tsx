import { useState } from 'react';
import { LoginDocument, type UserDetailsFragment, UserRegisterDocument } from '../../../generated/operations.js';
import { LanguageChoice } from '../settings/choices.js';
import type { Sayings } from '../text/refusal.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Field, secretOf, valueOf } from '../ui/field.js';
import { Form, FormFault, Submit } from '../ui/form.js';
import { Brand } from '../ui/brand.js';
import { guest } from './guest.js';

interface EntranceProps {
  /** Whether the server ended the session of this page. */
  readonly isShutOut: boolean;
  readonly onEnter: (me: UserDetailsFragment) => void;
}

/** Where people log in and register. */
export function Entrance({ isShutOut, onEnter }: EntranceProps) {
  const text = useText();
  const [isNew, setNew] = useState(false);
  return (
    <main className="entrance">
      <section className="entrance-card">
        <Brand />
        <h1>{text(isNew ? 'entrance.newTitle' : 'entrance.title')}</h1>
        {isShutOut && !isNew && <p role="status">{text('entrance.shutOut')}</p>}
        <EntranceForm key={String(isNew)} isNew={isNew} onEnter={onEnter} />
        <Button look="quiet" onClick={() => setNew(!isNew)}>
          {text(isNew ? 'entrance.toLogIn' : 'entrance.toRegister')}
        </Button>
      </section>
      <LanguageChoice />
    </main>
  );
}

function EntranceForm({ isNew, onEnter }: Pick<EntranceProps, 'onEnter'> & { readonly isNew: boolean }) {
  const text = useText();
  return (
    <Form action={async (form) => onEnter(await (isNew ? register : logIn)(form))} sayings={sayings}>
      <Fields isNew={isNew} />
      <FormFault />
      <Submit>{text(isNew ? 'entrance.register' : 'entrance.logIn')}</Submit>
    </Form>
  );
}

const sayings: Sayings = { codes: { UNAUTHENTICATED: 'entrance.wrong' } };

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

async function logIn(form: FormData): Promise<UserDetailsFragment> {
  const input = { username: valueOf(form, 'username'), password: secretOf(form, 'password') };
  return (await guest.request(LoginDocument, { input })).login.user;
}

async function register(form: FormData): Promise<UserDetailsFragment> {
  const input = {
    username: valueOf(form, 'username'),
    password: secretOf(form, 'password'),
    name: valueOf(form, 'name') || undefined,
    mail: valueOf(form, 'mail') || undefined,
  };
  return (await guest.request(UserRegisterDocument, { input })).userRegister.user;
}
