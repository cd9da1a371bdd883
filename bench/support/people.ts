import { print } from 'graphql';
import { UserRegisterDocument, type UserRegisterMutation } from '../../src/generated/operations.js';
import { LoadSocket } from './load-socket.js';

/** Somebody with an account and an open socket. */
export interface LoadPerson {
  readonly id: string;
  readonly token: string;
  readonly socket: LoadSocket;
}

/** Registers people and connects each by a socket of its own. */
export async function connectPeople(url: string, count: number): Promise<LoadPerson[]> {
  const numbers = Array.from({ length: count }, (_nothing, number) => number);
  return Promise.all(numbers.map((number) => connectPerson(url, `person-${number}`)));
}

async function connectPerson(url: string, username: string): Promise<LoadPerson> {
  const variables = { input: { username, password: 'a password for load' } };
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(UserRegisterDocument), variables }),
  });
  const { data } = (await response.json()) as { data?: UserRegisterMutation };
  if (!data) throw new Error(`The server did not register ${username}.`);
  const { token, user } = data.userRegister;
  return { id: user.id, token, socket: await LoadSocket.open(url, token) };
}
