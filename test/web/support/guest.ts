import { WebSocket } from 'ws';
import { type ChatClient, createChatClient } from '../../../src/client/index.js';
import {
  ConversationCreateDocument,
  GroupCreateDocument,
  MessageAddDocument,
  MessageReplyDocument,
  UserRegisterDocument,
} from '../../../src/generated/operations.js';

export const password = 'correct horse battery';

/** Somebody with an account, who also acts without a page. */
export class Guest {
  readonly client: ChatClient;

  private constructor(
    url: string,
    readonly id: string,
    readonly token: string,
  ) {
    this.client = createChatClient({ url, token, webSocketImpl: WebSocket });
  }

  static async register(url: string, username: string, name: string): Promise<Guest> {
    const stranger = createChatClient({ url, webSocketImpl: WebSocket });
    const input = { username, password, name };
    const { userRegister } = await stranger.request(UserRegisterDocument, { input });
    return new Guest(url, userRegister.user.id, userRegister.token);
  }

  /** The direct chat with somebody. @returns its id */
  async chatWith({ id }: Guest): Promise<string> {
    const answer = await this.client.request(ConversationCreateDocument, { input: { userId: id } });
    return answer.conversationCreate.conversation.id;
  }

  /** A group with some. @returns its id */
  async groupWith(title: string, ...others: readonly Guest[]): Promise<string> {
    const input = { title, userIds: others.map(({ id }) => id) };
    return (await this.client.request(GroupCreateDocument, { input })).groupCreate.conversation.id;
  }

  async say(conversationId: string, content: string): Promise<{ readonly id: string; readonly seq: number }> {
    const answer = await this.client.request(MessageAddDocument, { input: { conversationId, content } });
    return answer.messageAdd.message;
  }

  async answer(messageId: string, content: string): Promise<void> {
    await this.client.request(MessageReplyDocument, { input: { messageId, content } });
  }
}
