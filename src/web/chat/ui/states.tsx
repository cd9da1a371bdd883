import type { ReactNode } from 'react';
import { useText } from '../text/text.js';
import { Button } from './button.js';
import { Icon, type IconName } from './icon.js';
import { useFaultText } from './faults.js';

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
}

/** What is shown where there is nothing. */
export function Empty({ icon, title, text, children }: EmptyProps) {
  return (
    <div className="empty">
      <span className="empty-mark">
        <Icon name={icon} size={28} />
      </span>
      <p className="empty-title">{title}</p>
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

/** Why something could not be shown, with a way to try again. */
export function Failed({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const text = useText();
  const faultText = useFaultText();
  return (
    <Empty icon="warning" title={text('error.title')} text={faultText(error)}>
      <Button onClick={retry}>{text('action.retry')}</Button>
    </Empty>
  );
}
