import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type SessionFieldsFragment, SessionRevokeDocument, SessionsDocument } from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';
import { momentOf } from '../text/dates.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { useFaults } from '../ui/faults.js';
import { Failed, Loading } from '../ui/states.js';

/** Where one is logged in; each can be ended. */
export function Sessions() {
  const text = useText();
  const { client } = useSession();
  const queries = useQueryClient();
  const { attempt } = useFaults();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: () => client.request(SessionsDocument, {}),
    staleTime: 0,
  });
  const revoke = (input: { sessionId?: string; all?: boolean }): void => {
    void attempt(async () => {
      await client.request(SessionRevokeDocument, { input });
      await queries.invalidateQueries({ queryKey: ['sessions'] });
    });
  };
  const sessions = data?.sessions ?? [];
  return (
    <section className="card">
      <div className="row-end">
        <h2 className="grow">{text('settings.sessions')}</h2>
        {sessions.length > 1 && (
          <Button look="quiet" onClick={() => revoke({ all: true })}>
            {text('settings.revokeAll')}
          </Button>
        )}
      </div>
      {isPending && <Loading />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      <ul className="plain-list">
        {sessions.map((session) => (
          <SessionLine key={session.id} session={session} onRevoke={() => revoke({ sessionId: session.id })} />
        ))}
      </ul>
    </section>
  );
}

interface SessionLineProps {
  readonly session: SessionFieldsFragment;
  readonly onRevoke: () => void;
}

function SessionLine({ session, onRevoke }: SessionLineProps) {
  const text = useText();
  const device = deviceOf(session.userAgent) ?? text('settings.unknownDevice');
  return (
    <li className="card-line">
      <span className="stack-tight">
        <strong>{device}</strong>
        <span className="muted">
          {text('settings.lastSeen', { when: momentOf(session.lastSeenAt, text.language) })}
        </span>
      </span>
      {session.current ? (
        <span className="tag">{text('settings.thisSession')}</span>
      ) : (
        <Button onClick={onRevoke} aria-label={text('settings.revokeNamed', { device })}>
          {text('settings.revoke')}
        </Button>
      )}
    </li>
  );
}

/** The browser and the system that a user agent names, or the beginning of what it says. */
function deviceOf(userAgent: string | null): string | undefined {
  if (!userAgent) return undefined;
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(userAgent)?.[1];
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(userAgent)?.[1];
  const name = { Edg: 'Edge', OPR: 'Opera' }[browser ?? ''] ?? browser;
  return name === undefined ? userAgent.slice(0, 60) : [name, system].filter(Boolean).join(' · ');
}
