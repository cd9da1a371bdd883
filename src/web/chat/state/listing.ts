import type { ChatClient } from '../../../client/index.js';
import { type ConversationFilter, ConversationsDocument } from '../../../generated/operations.js';
import type { Row } from './types.js';

const pageSize = 100;

/** A list of conversations that is loaded page by page, latest activity first. */
export class Listing {
  /** Where the next page begins; null at the end. */
  private after: string | null = null;
  private loading: Promise<void> | undefined;

  /** @param tell takes over what is in the list */
  constructor(
    private readonly client: ChatClient,
    private readonly tell: (rows: readonly Row[]) => void,
    private readonly filter?: ConversationFilter,
  ) {}

  /** Loads the first page. @throws ChatRequestError */
  first(): Promise<void> {
    return this.page(null);
  }

  /** Loads the next page, once for all who want it. @returns whether there is more @throws ChatRequestError */
  async more(): Promise<boolean> {
    if (this.after !== null) await (this.loading ??= this.page(this.after).finally(() => (this.loading = undefined)));
    return this.after !== null;
  }

  private async page(after: string | null): Promise<void> {
    const { filter } = this;
    const { conversations } = await this.client.request(ConversationsDocument, { filter, first: pageSize, after });
    this.after = conversations.pageInfo.hasNextPage ? conversations.pageInfo.endCursor : null;
    this.tell(conversations.edges.map(({ node }) => node));
  }
}
