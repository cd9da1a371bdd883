import './styles/tokens.css';
import './styles/base.css';
import './styles/hidden.css';
import './styles/controls.css';
import './styles/avatars.css';
import './styles/states.css';
import './styles/layout.css';
import './styles/conversations.css';
import './styles/chat.css';
import './styles/timeline.css';
import './styles/message.css';
import './styles/message-actions.css';
import './styles/composer.css';
import './styles/details.css';
import './styles/overlays.css';
import './styles/forced-colors.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { applyPreferences } from './settings/preferences.js';

applyPreferences();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
