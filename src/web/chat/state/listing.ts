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
  private pages: readonly (readonly Row[])[] = [];
  /** Where the next page begins; null at the end. */
  private after: string | null = null;
  private loading: Promise<void> | undefined;

  constructor(
    private readonly parts: ListingParts,
    private readonly filter: ConversationFilter = { spam: false },
  ) {}

  /**
   * Loads what was loaded anew, at least the first page, and takes out what the list does not have any more.
   * @throws ChatRequestError
   */
  async first(): Promise<void> {
    const { store } = this.parts;
    const asked = store.get().rows;
    const depth = this.pages.length;
    await this.page(null);
    while (this.pages.length < depth && (await this.more()));
    const passing = { asked, loaded: this.pages.flat(), isAll: this.after === null, isSpam: this.filter.spam ?? false };
    store.update((state) => foldPassedOver(state, passing));
  }

  /** Loads what was loaded anew, if the list was ever asked for. @throws ChatRequestError */
  async refresh(): Promise<void> {
    if (this.pages.length > 0) await this.first();
  }

  /** Loads the next page, once for all who want it. @returns whether there is more @throws ChatRequestError */
  async more(): Promise<boolean> {
    const { after } = this;
    if (after !== null) await (this.loading ??= this.page(after).finally(() => (this.loading = undefined)));
    return this.after !== null;
  }

  private async page(after: string | null): Promise<void> {
    const { client, tell } = this.parts;
    const variables = { filter: this.filter, first: pageSize, after };
    const { conversations } = await client.request(ConversationsDocument, variables);
    // The list was begun anew meanwhile.
    if (after !== null && after !== this.after) return;
    const rows = conversations.edges.map(({ node }) => node);
    this.pages = after === null ? [rows] : [...this.pages, rows];
    this.after = conversations.pageInfo.hasNextPage ? conversations.pageInfo.endCursor : null;
    tell(rows);
  }
}
