import {
  MessageReactDocument,
  ConversationSpamDocument,
  ContactUserAddDocument,
} from '../../../src/generated/operations.js';
import type { Guest } from './guest.js';
import type { World } from './world.js';

/** People and conversations in which everything that a page can show is shown, as Ana sees it. */
export async function playScene(world: World) {
  const ana = await world.register('ana', 'Ana Prado');
  const leo = await world.register('leo', 'Leo Marín');
  const mia = await world.register('mia', 'Mia Okafor');
  const omar = await world.register('omar', 'Omar Haddad');
  const prizes = await world.register('prizes', 'Prize Office');
  const spam = await prizes.chatWith(ana);
  await prizes.say(spam, 'You have won a holiday! Answer with your card number.');
  await ana.client.request(ConversationSpamDocument, { input: { conversationId: spam } });
  for (const { id } of [leo, mia]) await ana.client.request(ContactUserAddDocument, { input: { userId: id } });
  await mia.say(await mia.chatWith(ana), 'I am sending the drawings tonight.');
  await direct(ana, leo);
  await group(ana, { leo, mia, omar });
  return { ana, leo, mia, omar };
}

async function direct(ana: Guest, leo: Guest): Promise<void> {
  const chat = await ana.chatWith(leo);
  const question = await leo.say(chat, 'Good morning! Did the new server come up?');
  await ana.say(chat, 'It did. One second, nothing to install.');
  await ana.say(chat, 'I pulled the plug in the middle of a chat, twice, just to see.');
  await leo.say(chat, 'And?');
  const outcome = await ana.say(chat, 'Not one line lost, not one doubled. The notes: https://example.org/notes');
  await react(leo, outcome.id, '🎉', '👏');
  await react(ana, outcome.id, '🎉');
  await leo.answer(question.id, 'I will bring the coffee then ☕️');
}

async function group(ana: Guest, { leo, mia, omar }: Record<'leo' | 'mia' | 'omar', Guest>): Promise<void> {
  const chat = await ana.groupWith('Harbour walk', leo, mia, omar);
  const plan = await mia.say(
    chat,
    'The tide is low until eleven, so we can walk out to the old lighthouse. North gate at nine?',
  );
  await omar.say(chat, 'Works for me.');
  await omar.say(chat, 'I will bring the map and something warm.');
  await ana.answer(plan.id, 'Nine is perfect.');
  await react(ana, plan.id, '❤️');
  await react(omar, plan.id, '❤️');
  await leo.say(chat, 'Count me in!');
}

async function react({ client }: Guest, messageId: string, ...emojis: readonly string[]): Promise<void> {
  for (const emoji of emojis) await client.request(MessageReactDocument, { input: { messageId, emoji, on: true } });
}
