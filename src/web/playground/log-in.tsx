import { useState, type SyntheticEvent } from 'react';
import type { Api } from './api.js';
import type { Viewer } from './viewer.js';

const logOut = 'mutation Logout { logout { sessionId } }';
const entrances = {
  login: 'mutation Login($input: LoginInput!) { login(input: $input) { user { username } } }',
  register: 'mutation Register($input: UserRegisterInput!) { userRegister(input: $input) { user { username } } }',
};

interface LogInProps {
  readonly api: Api;
  /** Null when nobody is logged in. */
  readonly viewer: Viewer | null;
}

/** Says who is logged in, and logs in, registers and logs out. The session is a cookie that the page cannot read. */
export function LogIn({ api, viewer }: LogInProps) {
  const [fault, setFault] = useState<string>();
  // Sockets keep the identity that they were opened with, and each person has an editor of its own: the page begins anew.
  const ask = async (query: string, variables?: Record<string, unknown>): Promise<void> => {
    setFault(undefined);
    try {
      const { errors } = await api.post({ query, variables });
      if (errors) setFault(errors[0]?.message);
      else location.reload();
    } catch {
      setFault('The server cannot be reached.');
    }
  };
  if (!viewer) return <Entrance fault={fault} enter={(way, input) => void ask(entrances[way], { input })} />;
  return (
    <p className="log-in">
      Logged in as <strong>{viewer.username}</strong>
      <button onClick={() => void ask(logOut)}>Log out</button>
      {fault !== undefined && <span role="alert">{fault}</span>}
    </p>
  );
}

interface EntranceProps {
  readonly fault: string | undefined;
  readonly enter: (way: keyof typeof entrances, input: Record<string, string>) => void;
}

function Entrance({ fault, enter }: EntranceProps) {
  const submit = (event: SyntheticEvent<HTMLFormElement, SubmitEvent>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const way = event.nativeEvent.submitter?.getAttribute('value') === 'register' ? 'register' : 'login';
    enter(way, { username: textOf(form, 'username'), password: textOf(form, 'password') });
  };
  return (
    <form className="log-in" onSubmit={submit}>
      <input name="username" aria-label="Username" placeholder="Username" autoComplete="username" required />
      <input
        name="password"
        type="password"
        aria-label="Password"
        placeholder="Password"
        autoComplete="current-password"
        required
      />
      <button value="login">Log in</button>
      <button value="register">Register</button>
      {fault !== undefined && <span role="alert">{fault}</span>}
    </form>
  );
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
