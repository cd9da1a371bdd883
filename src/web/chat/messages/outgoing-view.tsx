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
      <div className="message-body">
        <div className="bubble">
          <p className="bubble-text">
            <RichText text={content} />
          </p>
          {status !== 'failed' && (
            <span className="bubble-foot">
              <span role="img" aria-label={text(status === 'waiting' ? 'message.waiting' : 'message.sending')}>
                <Icon name="clock" size={14} />
              </span>
            </span>
          )}
        </div>
        {status === 'failed' && <Refused outgoing={outgoing} />}
      </div>
    </div>
  );
}

/** Why it was refused, and what can be done: to try the same again, or to do without what cannot be answered. */
function Refused({ outgoing }: { readonly outgoing: OutgoingMessage }) {
  const text = useText();
  const { client } = useSession();
  const faultText = useFaultText();
  const { clientMessageId, conversationId, content, replyToId, error } = outgoing;
  const reason = error ? faultText(new ChatRequestError(error.code, error.message, error)) : '';
  const isWithoutSource = replyToId !== undefined && error?.reason === 'MESSAGE_REMOVED';
  const sendWithoutQuote = (): void => {
    client.discard(clientMessageId);
    client.send({ conversationId, content });
  };
  return (
    <div className="refused" role="alert">
      <p>{text('message.failed', { reason })}</p>
      {isWithoutSource ? (
        <Button look="quiet" onClick={sendWithoutQuote}>
          {text('message.withoutQuote')}
        </Button>
      ) : (
        <Button look="quiet" onClick={() => client.retry(clientMessageId)}>
          {text('action.retry')}
        </Button>
      )}
      <Button look="soft" onClick={() => client.discard(clientMessageId)}>
        {text('message.discard')}
      </Button>
    </div>
  );
}
