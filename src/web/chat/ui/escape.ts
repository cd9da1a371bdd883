import { useEffect } from 'react';

/** Does something at Escape, unless a menu, a field or a window has used the key. */
export function useEscape(action: () => void): void {
  useEffect(() => {
    const press = ({ key, defaultPrevented, target }: KeyboardEvent): void => {
      if (key !== 'Escape' || defaultPrevented) return;
      if (!(target instanceof Element && target.closest('dialog'))) action();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
}
