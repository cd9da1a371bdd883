import { ChatRequestError, type OutgoingMessage } from '../../../client/index.js';
import { useSession } from '../state/hooks.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { useFaultText } from '../ui/faults.js';
import { Icon } from '../ui/icon.js';
import { RichText } from './rich-text.js';

/** A message on its way to the server. */
export function OutgoingView({ outgoing }: { readonly outgoing: OutgoingMessage }) {
  const text = useText();
  const { status, content } = outgoing;
  return (
    <div className="message" data-mine="true" data-status={status}>
      <div className="bubble">
        <p className="bubble-text" dir="auto">
          <RichText text={content} />
        </p>
        <span className="bubble-foot">
          {status !== 'failed' && (
            <span role="img" aria-label={text(status === 'waiting' ? 'message.waiting' : 'message.sending')}>
              <Icon name="clock" size={14} />
            </span>
          )}
        </span>
      </div>
      {status === 'failed' && <Refused outgoing={outgoing} />}
    </div>
  );
}

function Refused({ outgoing: { clientMessageId, error } }: { readonly outgoing: OutgoingMessage }) {
  const text = useText();
  const { client } = useSession();
  const faultText = useFaultText();
  const reason = error ? faultText(new ChatRequestError(error.code, error.message, error)) : '';
  return (
    <div className="refused" role="alert">
      <span>{text('message.failed', { reason })}</span>
      <Button look="quiet" onClick={() => client.retry(clientMessageId)}>
        {text('action.retry')}
      </Button>
      <Button look="quiet" onClick={() => client.discard(clientMessageId)}>
        {text('message.discard')}
      </Button>
    </div>
  );
}
