import { useText } from '../text/text.js';

/** The mark and the name. */
export function Brand() {
  const text = useText();
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="9" fill="var(--brand)" />
        <path d="M9 10h14M9 16h10M9 22h6" stroke="var(--on-brand)" strokeWidth="3" strokeLinecap="round" />
      </svg>
      {text('app.name')}
    </span>
  );
}
