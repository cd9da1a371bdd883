import { createContext, type InputHTMLAttributes, useContext, useId } from 'react';
import { useText } from '../text/text.js';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly hint?: string;
  readonly isOptional?: boolean;
}

/** What is wrong with the fields of the form around, by their names. */
export const FieldFaultContext = createContext<ReadonlyMap<string, string>>(new Map());

/** A labelled line of input; what its form was refused for is said below it. */
export function Field({ label, hint, isOptional = false, ...rest }: FieldProps) {
  const text = useText();
  const id = useId();
  const fault = useContext(FieldFaultContext).get(rest.name ?? '');
  const below = fault ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {isOptional && <span className="muted"> ({text('field.optional')})</span>}
      </label>
      <input
        {...rest}
        id={id}
        aria-invalid={fault !== undefined || undefined}
        aria-describedby={below === undefined ? undefined : `${id}-below`}
      />
      {below !== undefined && (
        <p id={`${id}-below`} className={fault === undefined ? 'hint' : 'fault'}>
          {below}
        </p>
      )}
    </div>
  );
}

/** What a form's field holds. */
export function valueOf(form: FormData, name: string): string {
  return secretOf(form, name).trim();
}

/** What a form's field holds, with its spaces: in a password they count. */
export function secretOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
