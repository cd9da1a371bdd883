import { useQuery } from '@tanstack/react-query';
import { useSession } from '../state/hooks.js';
import { useText } from '../text/text.js';
import { Empty, Failed, Loading } from '../ui/states.js';
import { ListTitle } from './list-title.js';
import { Rows } from './rows.js';
import { useRows } from './use-rows.js';

/** What the person marked as spam. */
export function SpamFolder({ isWhole }: { readonly isWhole: boolean }) {
  const text = useText();
  const session = useSession();
  const { isPending, error, refetch } = useQuery({
    queryKey: ['spam'],
    queryFn: () => session.spam.first().then(() => true),
    staleTime: 0,
  });
  const rows = useRows((row) => row.isSpam);
  return (
    <>
      <div className="folder-head">
        <ListTitle isWhole={isWhole}>{text('spam.title')}</ListTitle>
      </div>
      {isPending && rows.length === 0 && <Loading />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!isPending && (
        <Rows rows={rows} listing={session.spam}>
          <Empty icon="shield" title={text('spam.empty')} text={text('spam.emptyText')} />
        </Rows>
      )}
    </>
  );
}
