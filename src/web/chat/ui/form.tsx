import { createContext, type ReactNode, type SyntheticEvent, useContext, useEffect, useRef, useState } from 'react';
import { refusalIn, type Sayings } from '../text/refusal.js';
import { useText } from '../text/text.js';
import { Button, type ButtonProps } from './button.js';
import { FieldFaultContext } from './field.js';

interface FormProps {
  /** What the form does; when it fails, the form says why. */
  readonly action: (form: FormData, element: HTMLFormElement) => Promise<unknown>;
  readonly sayings?: Sayings;
  readonly onChange?: () => void;
  readonly className?: string;
  readonly children: ReactNode;
}

interface FormState {
  readonly isBusy: boolean;
  /** What was refused, when it concerns no field of the form. */
  readonly fault: string | undefined;
}

const FormContext = createContext<FormState>({ isBusy: false, fault: undefined });

/** A form that marks the fields for which the server refuses it, and says the rest below them. */
export function Form({ action, sayings, onChange, className = 'stack', children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const { language } = useText();
  const [error, setError] = useState<unknown>();
  const [corrected, setCorrected] = useState<ReadonlySet<string>>(new Set());
  const [isBusy, setBusy] = useState(false);
  const refusal = error === undefined ? undefined : refusalIn(language, error, sayings);
  const marked = [...(refusal?.fields ?? [])].filter(([name]) => hasField(form.current, name));
  const faults = new Map(marked.filter(([name]) => !corrected.has(name)));
  useEffect(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus(), [error]);
  const submit = async (event: SyntheticEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const element = event.currentTarget;
    setBusy(true);
    setError(undefined);
    setCorrected(new Set());
    await action(new FormData(element), element).catch(setError);
    setBusy(false);
  };
  const change = (event: SyntheticEvent): void => {
    const { name } = event.target as HTMLInputElement;
    if (faults.has(name)) setCorrected(new Set([...corrected, name]));
    onChange?.();
  };
  return (
    <form ref={form} className={className} onSubmit={(event) => void submit(event)} onChange={change}>
      <FormContext value={{ isBusy, fault: marked.length === 0 ? refusal?.text : undefined }}>
        <FieldFaultContext value={faults}>{children}</FieldFaultContext>
      </FormContext>
    </form>
  );
}

/** Why the form was refused, when that is no field's fault. */
export function FormFault() {
  const { fault } = useContext(FormContext);
  if (fault === undefined) return null;
  return (
    <p className="fault" role="alert">
      {fault}
    </p>
  );
}

interface SubmitProps extends ButtonProps {
  /** There is nothing to send yet. */
  readonly isOff?: boolean;
}

/** The button that sends the form; it waits while the form is on its way. */
export function Submit({ look = 'primary', isOff = false, ...rest }: SubmitProps) {
  const { isBusy } = useContext(FormContext);
  return <Button {...rest} look={look} type="submit" disabled={isBusy || isOff} />;
}

function hasField(form: HTMLFormElement | null, name: string): boolean {
  return form !== null && form.elements.namedItem(name) !== null;
}
