import type { Core } from '../../src/composition/core.js';
import { ConversationKind } from '../../src/conversations/conversation-kind.js';
import { newId } from '../../src/database/ids.js';
import type { Draft } from '../../src/log/append-request.js';
import { ConversationEventType as Type } from '../../src/log/entry-type.js';
import { type TestCores, testCores } from './cores.js';

/** A group of Ana, who owns it, and Luis on a process of its own, as far as a core goes. */
export interface CoreGroup {
  readonly cores: TestCores;
  readonly core: Core;
  readonly id: string;
  readonly ana: string;
  readonly luis: string;
  /** Ana does something. @returns the id of the entry */
  readonly append: (draft: Omit<Draft, 'actorId'>) => Promise<string>;
  /** Ana says something. @returns the id of the message */
  readonly say: (content: string) => Promise<string>;
}

/** To be called once in a `describe`: each of its tests has a group and a core anew. */
export function coreGroup(): CoreGroup {
  const cores = testCores();
  const [ana, luis] = [newId(), newId()] as const;
  let core: Core;
  let id: string;
  beforeEach(async () => {
    core = cores.compose();
    id = await foundGroup(core, ana, [luis]);
  });
  const append = async (draft: Omit<Draft, 'actorId'>): Promise<string> => {
    const request = { conversationId: id, decide: () => [{ actorId: ana, ...draft }] };
    return (await core.log.append(request)).entries[0]!.id;
  };
  return {
    cores,
    ana,
    luis,
    append,
    say: (content) => append({ type: Type.MESSAGE_ADDED, content }),
    get core() {
      return core;
    },
    get id() {
      return id;
    },
  };
}

/** A group, written without any service. @returns its id */
export async function foundGroup(core: Core, ownerId: string, userIds: string[]): Promise<string> {
  const conversationId = newId();
  const now = new Date();
  const group = { kind: ConversationKind.GROUP, createdById: ownerId, createdAt: now, updatedAt: now };
  await core.collections.conversations.insert({ _id: conversationId, ...group });
  const founding = { actorId: ownerId, type: Type.GROUP_CREATED, userIds, title: 'Equipo' };
  await core.log.append({ conversationId, decide: () => [founding] });
  return conversationId;
}
