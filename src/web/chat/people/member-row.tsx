import { useState } from 'react';
import {
  GroupUserAdminAddDocument,
  GroupUserAdminRemoveDocument,
  GroupUserRemoveDocument,
} from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';
import { useNames } from '../state/names.js';
import type { Member, Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { Confirm } from '../ui/dialog.js';
import { useFaults } from '../ui/faults.js';
import { Menu, type MenuItem } from '../ui/menu.js';
import { useOpenDirect } from './open-direct.js';
import { PersonRow } from './person-row.js';

interface MemberRowProps {
  readonly member: Member;
  readonly row: Row;
}

type Asked = 'remove' | 'stepDown';

/** One member, with what the person may do: the server decides, the page offers what can succeed. */
export function MemberRow({ member, row }: MemberRowProps) {
  const text = useText();
  const { nameOf, handleOf } = useNames();
  const [asked, setAsked] = useState<Asked>();
  const actions = useMemberActions({ member, row });
  const items = useMemberItems({ member, row, actions, ask: setAsked });
  const name = nameOf(member.user);
  return (
    <PersonRow
      person={member.user}
      detail={member.role === 'MEMBER' ? handleOf(member.user) : text(`role.${member.role}`)}
    >
      {items.length > 0 && <Menu label={text('group.actionsFor', { name })} items={items} />}
      {asked === 'remove' && (
        <Confirm
          title={text('group.removeNamed', { name })}
          text={text('group.removeText', { name })}
          action={text('group.removeUser')}
          onConfirm={actions.remove}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked === 'stepDown' && (
        <Confirm
          title={text('group.stepDown')}
          text={text('group.stepDownText')}
          action={text('group.stepDown')}
          onConfirm={actions.unmakeAdmin}
          onClose={() => setAsked(undefined)}
        />
      )}
    </PersonRow>
  );
}

function useMemberActions({ member, row }: MemberRowProps) {
  const { client } = useSession();
  const { attempt } = useFaults();
  const openDirect = useOpenDirect();
  const input = { groupId: row.id, userId: member.user.id };
  return {
    write: () => void openDirect(member.user.id),
    makeAdmin: () => void attempt(() => client.request(GroupUserAdminAddDocument, { input })),
    unmakeAdmin: () => void attempt(() => client.request(GroupUserAdminRemoveDocument, { input })),
    remove: () => void attempt(() => client.request(GroupUserRemoveDocument, { input })),
  };
}

interface MemberItemsGiven extends MemberRowProps {
  readonly actions: ReturnType<typeof useMemberActions>;
  readonly ask: (asked: Asked) => void;
}

function useMemberItems({ member, row, actions, ask }: MemberItemsGiven): readonly MenuItem[] {
  const text = useText();
  const { me } = useSession();
  const admin = useAdminItem({ member, row, actions, ask });
  const isMe = member.user.id === me.id;
  const leads = row.me.role === 'OWNER' || (row.me.role === 'ADMIN' && member.role === 'MEMBER');
  const items: (MenuItem | false | undefined)[] = [
    !isMe && { label: text('people.message'), icon: 'chat', onSelect: actions.write },
    admin,
    !isMe && leads && { label: text('group.removeUser'), icon: 'leave', isDanger: true, onSelect: () => ask('remove') },
  ];
  return items.filter((item) => item !== undefined && item !== false);
}

/** The owner makes and unmakes admins; an admin steps down, which it cannot take back by itself. */
function useAdminItem({ member, row, actions, ask }: MemberItemsGiven): MenuItem | undefined {
  const text = useText();
  const { me } = useSession();
  const icon = 'shield';
  if (member.role === 'ADMIN' && member.user.id === me.id) {
    return { label: text('group.stepDown'), icon, onSelect: () => ask('stepDown') };
  }
  if (row.me.role !== 'OWNER' || member.role === 'OWNER') return undefined;
  return member.role === 'MEMBER'
    ? { label: text('group.makeAdmin'), icon, onSelect: actions.makeAdmin }
    : { label: text('group.unmakeAdmin'), icon, onSelect: actions.unmakeAdmin };
}
