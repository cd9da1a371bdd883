import {
  createContext,
  type ReactNode,
  type RefObject,
  type SyntheticEvent,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import { refusalIn, type Sayings } from '../text/refusal.js';
import type { TextKey } from '../text/catalogue.js';
import { useText } from '../text/text.js';
import { Button, type ButtonProps } from './button.js';
import { FieldFaultContext } from './field.js';
import { wrongFields } from './wrong-fields.js';

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

/**
 * A form that marks the fields for which the page or the server refuses it, goes to the first of them, and says the rest
 * below them. The browser's own words are never asked for: they speak another language.
 */
export function Form({ action, sayings, onChange, className = 'stack', children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [corrected, setCorrected] = useState<ReadonlySet<string>>(new Set());
  const { fault, marked, refuse } = useRefusal(form, sayings);
  const faults = new Map(marked.filter(([name]) => !corrected.has(name)));
  const submit = async (event: SyntheticEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    const element = event.currentTarget;
    const wrong = wrongFields(element);
    setCorrected(new Set());
    refuse({ wrong });
    if (wrong.size > 0) return;
    setBusy(true);
    await action(new FormData(element), element).catch((error: unknown) => refuse({ error }));
    setBusy(false);
  };
  const change = (event: SyntheticEvent): void => {
    const { name } = event.target as HTMLInputElement;
    if (faults.has(name)) setCorrected(new Set([...corrected, name]));
    onChange?.();
  };
  return (
    <form ref={form} className={className} noValidate onSubmit={(event) => void submit(event)} onChange={change}>
      <FormContext value={{ isBusy, fault }}>
        <FieldFaultContext value={faults}>{children}</FieldFaultContext>
      </FormContext>
    </form>
  );
}

/** Why a form does not do what it should: what is wrong with its fields, or what its action failed for. */
type Why = { readonly wrong: ReadonlyMap<string, TextKey> } | { readonly error: unknown };

/** Holds why the form was refused last, in the language of the page, and goes to the first field that is wrong. */
function useRefusal(form: RefObject<HTMLFormElement | null>, sayings: Sayings | undefined) {
  const text = useText();
  const [why, setWhy] = useState<Why>();
  useEffect(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus(), [form, why]);
  if (why === undefined) return { fault: undefined, marked: [], refuse: setWhy };
  if ('wrong' in why) {
    return {
      fault: undefined,
      marked: [...why.wrong].map(([name, key]) => [name, text(key)] as const),
      refuse: setWhy,
    };
  }
  const refusal = refusalIn(text.language, why.error, sayings);
  const marked = [...refusal.fields].filter(([name]) => hasField(form.current, name));
  return { fault: marked.length === 0 ? refusal.text : undefined, marked, refuse: setWhy };
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

/** The button that sends the form; it waits while the form is on its way, and keeps the focus meanwhile. */
export function Submit({ look = 'primary', isOff = false, ...rest }: SubmitProps) {
  const { isBusy } = useContext(FormContext);
  return <Button {...rest} look={look} type="submit" disabled={isOff} aria-disabled={isBusy} />;
}

function hasField(form: HTMLFormElement | null, name: string): boolean {
  return form !== null && form.elements.namedItem(name) !== null;
}
