import type { ReactNode } from 'react';
import { ChatRequestError } from '../../../client/index.js';
import { useText } from '../text/text.js';
import { Button } from './button.js';
import { Icon, type IconName } from './icon.js';
import { useFaultText } from './faults.js';

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: string;
  /** Whether it stands for the whole of a place, which has no other heading. */
  readonly isTitle?: boolean;
  readonly children?: ReactNode;
}

/** What is shown where there is nothing. */
export function Empty({ icon, title, text, isTitle = false, children }: EmptyProps) {
  const Title = isTitle ? 'h1' : 'p';
  return (
    <div className="empty">
      <span className="empty-mark">
        <Icon name={icon} size={28} />
      </span>
      <Title className="empty-title">{title}</Title>
      {text !== undefined && <p className="muted">{text}</p>}
      {children}
    </div>
  );
}

export function Loading() {
  const text = useText();
  return (
    <div className="loading" role="status" aria-label={text('app.loading')}>
      <span />
      <span />
      <span />
    </div>
  );
}

/** Why something could not be shown, with a way to try again where that can help. */
export function Failed({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const text = useText();
  const faultText = useFaultText();
  if (error instanceof ChatRequestError && error.code === 'FORBIDDEN') {
    return <Empty icon="shield" title={text('error.closedTitle')} text={faultText(error)} />;
  }
  return (
    <Empty icon="warning" title={text('error.title')} text={faultText(error)}>
      <Button onClick={retry}>{text('action.retry')}</Button>
    </Empty>
  );
}
