import { registerEnumType } from 'type-graphql';

/** Whether a person has a socket open; AWAY after some minutes without activity. */
export enum Presence {
  ONLINE = 'ONLINE',
  AWAY = 'AWAY',
  OFFLINE = 'OFFLINE',
}
registerEnumType(Presence, { name: 'Presence' });
