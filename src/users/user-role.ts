import { registerEnumType } from 'type-graphql';

/** What a person may do on the whole site. Nobody becomes ADMIN by registering. */
export enum UserRole {
  USER = 'USER',
  ADMIN = 'ADMIN',
}
registerEnumType(UserRole, { name: 'UserRole' });
