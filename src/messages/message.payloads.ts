import { Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.js';
import { Message } from './message.model.js';

@ObjectType({ simpleResolvers: true })
abstract class MessagePayload {
  @Field(() => Message)
  message!: Message;
}

@ObjectType({ simpleResolvers: true })
export class MessageAddPayload extends MessagePayload {}

@ObjectType({ simpleResolvers: true })
export class MessageReplyPayload extends MessagePayload {}

@ObjectType({ simpleResolvers: true })
export class MessageEditPayload extends MessagePayload {}

@ObjectType({ simpleResolvers: true })
export class MessageRemovePayload extends MessagePayload {}

@ObjectType({ simpleResolvers: true })
export class MessageReactPayload extends MessagePayload {}

export const MessageConnection = connectionOf('Message', Message);
