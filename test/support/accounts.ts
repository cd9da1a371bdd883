import { LoginDocument, UserRegisterDocument, type UserRegisterInput } from '../../src/generated/operations.js';
import { type Door, Person, send } from './wire-person.js';

/** The password of everybody who is registered without another. */
export const goodPassword = 'correct horse battery staple';

/** What somebody registers with. */
export type NewPerson = Omit<UserRegisterInput, 'password'> & { readonly password?: string };

/** Registers somebody through the API. @throws GraphqlFailure */
export async function register({ url }: Pick<Door, 'url'>, person: NewPerson): Promise<Person> {
  const input = { password: goodPassword, ...person };
  const { userRegister } = await send({ url }, UserRegisterDocument, { input });
  return new Person(url, { ...userRegister.user, token: userRegister.token, password: input.password });
}

/** Logs somebody in once more. @throws GraphqlFailure */
export async function logIn(
  { url }: Pick<Door, 'url'>,
  username: string,
  password: string = goodPassword,
): Promise<Person> {
  const { login } = await send({ url }, LoginDocument, { input: { username, password } });
  return new Person(url, { ...login.user, token: login.token, password });
}
