import type { ConversationEvent } from '../client/index.js';
import { ConversationUpdateDocument } from '../generated/operations.js';
import { type Cast, type Character, gather } from './cast.js';
import { Listener } from './listener.js';
import type { Scene } from './scene.js';
import { faultsOf, type Faults, type LoggedLine } from './verdict.js';

/** What one character heard of a performance. */
export interface Hearing {
  readonly character: Character;
  /** Lines that came, doubled ones counted each time. */
  readonly received: number;
  readonly faults: Faults;
}

/** A performance that is over. */
export interface Performance {
  readonly said: readonly LoggedLine[];
  readonly hearings: readonly Hearing[];
}

/** One performance: a group of the cast in which each line is sent by its speaker while everybody's feed is open. */
export class Stage {
  private readonly listeners: ReadonlyMap<Character, Listener>;

  constructor(private readonly cast: Cast) {
    this.listeners = new Map([...cast.values()].map((character) => [character, new Listener(character.client)]));
  }

  /** @param onLine hears each line as it reaches the first character */
  async perform(scene: Scene, onLine: (line: LoggedLine) => void): Promise<Performance> {
    await Promise.all([...this.listeners.values()].map((listener) => listener.ready()));
    const conversationId = await gather(this.cast, scene.title);
    const [first] = this.listeners.values();
    first?.onEntry((entry) => linesOf([entry], conversationId).forEach(onLine));
    const said = await this.say(scene, conversationId);
    const end = await this.dropCurtain(scene, conversationId);
    const hearings = [...this.listeners].map(async ([character, listener]) => {
      await listener.has((entry) => entry.conversationId === conversationId && entry.title === end);
      const heard = linesOf(listener.entries, conversationId);
      return { character, received: heard.length, faults: faultsOf(said, heard) };
    });
    return { said, hearings: await Promise.all(hearings) };
  }

  async close(): Promise<void> {
    await Promise.all([...this.listeners.values()].map((listener) => listener.close()));
  }

  /** Each line once the one before it was acknowledged, as on a stage. */
  private async say({ lines }: Scene, conversationId: string): Promise<LoggedLine[]> {
    const said: LoggedLine[] = [];
    for (const { speaker, text } of lines) {
      const character = this.cast.get(speaker);
      const listener = character && this.listeners.get(character);
      if (!listener) throw new Error(`"${speaker}" has a line but is not among the speakers of the scene.`);
      const { clientMessageId, seq } = await listener.say({ conversationId, content: text });
      said.push({ cue: clientMessageId ?? '', seq, speaker: character.username, text });
    }
    return said;
  }

  /** An entry after all lines: a feed that has it, and not a line before it, will never have that line. */
  private async dropCurtain({ title }: Scene, conversationId: string): Promise<string> {
    const end = `${title} (fin)`;
    const [founder] = this.cast.values();
    await founder?.client.request(ConversationUpdateDocument, { input: { conversationId, title: end } });
    return end;
  }
}

function linesOf(entries: readonly ConversationEvent[], conversationId: string): LoggedLine[] {
  return entries.flatMap(({ conversationId: where, type, seq, message, actor }) =>
    where === conversationId && type === 'MESSAGE_ADDED'
      ? [{ cue: message?.clientMessageId ?? '', seq, speaker: actor?.username ?? '', text: message?.content ?? '' }]
      : [],
  );
}
