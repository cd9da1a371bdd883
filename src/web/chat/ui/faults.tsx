import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { refusalIn } from '../text/refusal.js';
import { useText } from '../text/text.js';
import { IconButton } from './button.js';

/** How long a fault stays over the page, ms. */
const shownFor = 8_000;

interface Faults {
  /** Shows a sentence for a while. */
  readonly say: (sentence: string) => void;
  /** Does something; what goes wrong is shown. @returns whether it went well */
  readonly attempt: (action: () => Promise<unknown>) => Promise<boolean>;
}

const FaultContext = createContext<Faults | undefined>(undefined);

/** The text for an error, in the language of the page. */
export function useFaultText(): (error: unknown) => string {
  const { language } = useText();
  return useCallback((error) => refusalIn(language, error).text, [language]);
}

/** Holds the newest fault and shows it over the page. */
export function FaultProvider({ children }: { readonly children: ReactNode }) {
  const text = useText();
  const faultText = useFaultText();
  const [fault, setFault] = useState<{ readonly sentence: string } | { readonly error: unknown }>();
  useEffect(() => {
    if (fault === undefined) return undefined;
    const timer = setTimeout(() => setFault(undefined), shownFor);
    return () => clearTimeout(timer);
  }, [fault]);
  const faults = useMemo<Faults>(
    () => ({
      say: (sentence) => setFault({ sentence }),
      attempt: async (action) => {
        setFault(undefined);
        try {
          await action();
          return true;
        } catch (error) {
          setFault({ error });
          return false;
        }
      },
    }),
    [],
  );
  return (
    <FaultContext value={faults}>
      {children}
      <div className="toasts" role="alert">
        {fault !== undefined && (
          <div className="toast">
            <p>{'sentence' in fault ? fault.sentence : faultText(fault.error)}</p>
            <IconButton icon="close" label={text('action.close')} onClick={() => setFault(undefined)} />
          </div>
        )}
      </div>
    </FaultContext>
  );
}

export function useFaults(): Faults {
  const faults = useContext(FaultContext);
  if (!faults) throw new Error('Nobody shows faults here.');
  return faults;
}
