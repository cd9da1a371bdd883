import examples from '../../../schema/examples.json';
import type { Api } from './api.js';

type Ids = Partial<Record<keyof typeof examples.ids, string>>;

/** Who is logged in, with what stands for the ids of the example variables. */
export interface Viewer {
  readonly username: string;
  readonly ids: Ids;
}

interface Chats {
  readonly edges: readonly { readonly node: { readonly id: string; readonly lastMessage: { id: string } | null } }[];
}

interface Own {
  readonly groups: Chats;
  readonly chats: Chats;
  readonly users: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
  readonly sessions: readonly { readonly id: string; readonly current: boolean }[];
}

const me = 'query Me { me { id username } }';
const own = `query Own {
  groups: conversations(filter: { kind: GROUP }, first: 1) { edges { node { id lastMessage { id } } } }
  chats: conversations(first: 1) { edges { node { id lastMessage { id } } } }
  users(first: 2) { edges { node { id } } }
  sessions { id current }
}`;

/** @returns null when nobody is logged in @throws Error when the server cannot be reached */
export async function viewerOf(api: Api): Promise<Viewer | null> {
  const { data } = await api.post({ query: me });
  const person = data?.me as { readonly id: string; readonly username: string } | null | undefined;
  if (!person) return null;
  const found = (await api.post({ query: own })).data as Own | null | undefined;
  return { username: person.username, ids: { you: person.id, ...(found && idsIn(found, person.id)) } };
}

/** A group if there is one, since all that can be done with a chat can be done with a group. */
function idsIn({ groups, chats, users, sessions }: Own, you: string): Ids {
  const conversation = (groups.edges[0] ?? chats.edges[0])?.node;
  return {
    conversation: conversation?.id,
    message: conversation?.lastMessage?.id,
    person: users.edges.find(({ node }) => node.id !== you)?.node.id,
    session: sessions.find(({ current }) => !current)?.id,
  };
}

/** A text with the viewer's own ids in place of the examples', as far as there are any. */
export function filledIn(text: string, ids: Ids): string {
  return Object.entries<string | undefined>(ids).reduce(
    (current, [name, id]) => (id === undefined ? current : current.replaceAll(examples.ids[name as keyof Ids], id)),
    text,
  );
}
