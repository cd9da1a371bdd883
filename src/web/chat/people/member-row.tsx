import {
  GroupUserAdminAddDocument,
  GroupUserAdminRemoveDocument,
  GroupUserRemoveDocument,
} from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';
import { nameOf } from '../state/names.js';
import type { Member, Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { useFaults } from '../ui/faults.js';
import { Menu, type MenuItem } from '../ui/menu.js';
import { useOpenDirect } from './open-direct.js';
import { PersonRow } from './person-row.js';

interface MemberRowProps {
  readonly member: Member;
  readonly row: Row;
}

/** One member, with what the person may do: the server decides, the page offers what can succeed. */
export function MemberRow({ member, row }: MemberRowProps) {
  const text = useText();
  const items = useMemberItems({ member, row });
  const name = nameOf(member.user);
  return (
    <PersonRow
      person={member.user}
      detail={member.role === 'MEMBER' ? `@${member.user.username}` : text(`role.${member.role}`)}
    >
      {items.length > 0 && <Menu label={text('group.actionsFor', { name })} items={items} />}
    </PersonRow>
  );
}

function useMemberItems({ member, row }: MemberRowProps): readonly MenuItem[] {
  const text = useText();
  const { client, me } = useSession();
  const { attempt } = useFaults();
  const openDirect = useOpenDirect();
  const input = { groupId: row.id, userId: member.user.id };
  const isMe = member.user.id === me.id;
  const isOwner = row.me.role === 'OWNER';
  const mayRemove = !isMe && (isOwner || (row.me.role === 'ADMIN' && member.role === 'MEMBER'));
  const mayUnmake = member.role === 'ADMIN' && (isOwner || isMe);
  const items: (MenuItem | false)[] = [
    !isMe && { label: text('people.message'), icon: 'chat', onSelect: () => void openDirect(member.user.id) },
    isOwner &&
      member.role === 'MEMBER' && {
        label: text('group.makeAdmin'),
        icon: 'shield',
        onSelect: () => void attempt(() => client.request(GroupUserAdminAddDocument, { input })),
      },
    mayUnmake && {
      label: text('group.unmakeAdmin'),
      icon: 'shield',
      onSelect: () => void attempt(() => client.request(GroupUserAdminRemoveDocument, { input })),
    },
    mayRemove && {
      label: text('group.removeUser'),
      icon: 'trash',
      isDanger: true,
      onSelect: () => void attempt(() => client.request(GroupUserRemoveDocument, { input })),
    },
  ];
  return items.filter((item) => item !== false);
}
