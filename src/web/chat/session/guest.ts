import { createChatClient } from '../../../client/index.js';

/** Runs operations with whatever session the cookie holds; it follows nothing. */
export const guest = createChatClient();
