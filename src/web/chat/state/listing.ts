import type { ChatClient } from '../../../client/index.js';
import { type ConversationFilter, ConversationsDocument } from '../../../generated/operations.js';
import { foldPassedOver } from './passed-over.js';
import type { Store } from './store.js';
import type { ChatState, Row } from './types.js';

const pageSize = 100;

interface ListingParts {
  readonly client: ChatClient;
  readonly store: Store<ChatState>;
  /** Takes over what is in the list. */
  readonly tell: (rows: readonly Row[]) => void;
}

/** A list of conversations that is loaded page by page, latest activity first. */
export class Listing {
  /** Where the next page begins; null at the end. */
  private after: string | null = null;
  private loading: Promise<void> | undefined;
  private isAsked = false;

  constructor(
    private readonly parts: ListingParts,
    private readonly filter: ConversationFilter = { spam: false },
  ) {}

  /** Loads the first page, and takes out what the list does not have any more. @throws ChatRequestError */
  async first(): Promise<void> {
    const { store } = this.parts;
    this.isAsked = true;
    const asked = store.get().rows;
    const page = await this.page(null);
    const isSpam = this.filter.spam ?? false;
    store.update((state) => foldPassedOver(state, { asked, page, isAll: this.after === null, isSpam }));
  }

  /** Loads the first page anew, if it was ever asked for. @throws ChatRequestError */
  async refresh(): Promise<void> {
    if (this.isAsked) await this.first();
  }

  /** Loads the next page, once for all who want it. @returns whether there is more @throws ChatRequestError */
  async more(): Promise<boolean> {
    const { after } = this;
    if (after !== null) {
      await (this.loading ??= this.page(after)
        .then(() => undefined)
        .finally(() => (this.loading = undefined)));
    }
    return this.after !== null;
  }

  private async page(after: string | null): Promise<readonly Row[]> {
    const { client, tell } = this.parts;
    const variables = { filter: this.filter, first: pageSize, after };
    const { conversations } = await client.request(ConversationsDocument, variables);
    this.after = conversations.pageInfo.hasNextPage ? conversations.pageInfo.endCursor : null;
    const rows = conversations.edges.map(({ node }) => node);
    tell(rows);
    return rows;
  }
}
