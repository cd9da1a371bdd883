import { registerEnumType } from 'type-graphql';

export enum ConversationKind {
  DIRECT = 'DIRECT',
  GROUP = 'GROUP',
}
registerEnumType(ConversationKind, { name: 'ConversationKind' });
