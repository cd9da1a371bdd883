interface ListPage<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** The most rows that a page may have. */
export const largestPage = 200;

/** All rows of a list, page by page. @param load asks for the page after a cursor */
export async function allPages<Node>(
  load: (after: string | null) => Promise<ListPage<Node>>,
): Promise<readonly Node[]> {
  const found: Node[] = [];
  let after: string | null = null;
  do {
    const { edges, pageInfo }: ListPage<Node> = await load(after);
    found.push(...edges.map(({ node }) => node));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}
