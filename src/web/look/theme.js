/* global addEventListener, document, localStorage */

// Shows the theme that was chosen on the chat page before anything is drawn, and follows when it is changed there.
{
  const key = 'chatset:preferences';
  const show = () => {
    try {
      const { theme = 'system' } = JSON.parse(localStorage.getItem(key) ?? '{}');
      document.documentElement.dataset.theme = theme;
    } catch {
      // A browser that keeps nothing, or something that is no choice: the theme of the system is shown.
    }
  };
  show();
  addEventListener('storage', show);
}
