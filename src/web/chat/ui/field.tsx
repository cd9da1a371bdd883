import { type InputHTMLAttributes, useId } from 'react';
import { useText } from '../text/text.js';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly hint?: string;
  readonly isOptional?: boolean;
}

/** A labelled line of input. */
export function Field({ label, hint, isOptional = false, ...rest }: FieldProps) {
  const text = useText();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {isOptional && <span className="muted"> ({text('field.optional')})</span>}
      </label>
      <input {...rest} id={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`} />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
    </div>
  );
}

/** What a form's field holds. */
export function valueOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
