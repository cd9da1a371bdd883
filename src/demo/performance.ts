import { randomUUID } from 'node:crypto';
import { ConversationUpdateDocument, MessageAddDocument } from '../generated/operations.js';
import { type Cast, type Character, gather } from './cast.js';
import { Feed, type FeedEntry } from './feed.js';
import type { PublicApi } from './public-api.js';
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
  private readonly feeds: ReadonlyMap<Character, Feed>;

  constructor(
    private readonly api: PublicApi,
    private readonly cast: Cast,
  ) {
    this.feeds = new Map([...cast.values()].map((character) => [character, new Feed(api, character.token)]));
  }

  /** @param onLine hears each line as it reaches the first character */
  async perform(scene: Scene, onLine: (line: LoggedLine) => void): Promise<Performance> {
    await Promise.all([...this.feeds.values()].map((feed) => feed.ready()));
    const conversationId = await gather(this.api, this.cast, scene.title);
    const [first] = this.feeds.values();
    if (first) first.onEntry = (entry) => linesOf([entry], conversationId).forEach(onLine);
    const said = await this.say(scene, conversationId);
    const end = await this.dropCurtain(scene, conversationId);
    const hearings = [...this.feeds].map(async ([character, feed]) => {
      await feed.has((entry) => entry.conversationId === conversationId && entry.title === end);
      const heard = linesOf(feed.entries, conversationId);
      return { character, received: heard.length, faults: faultsOf(said, heard) };
    });
    return { said, hearings: await Promise.all(hearings) };
  }

  async close(): Promise<void> {
    await Promise.all([...this.feeds.values()].map((feed) => feed.close()));
  }

  /** Each line once the one before it was acknowledged, as on a stage. */
  private async say({ lines }: Scene, conversationId: string): Promise<LoggedLine[]> {
    const said: LoggedLine[] = [];
    for (const { speaker, text } of lines) {
      const character = this.cast.get(speaker);
      if (!character) throw new Error(`"${speaker}" has a line but is not among the speakers of the scene.`);
      const cue = randomUUID();
      const input = { conversationId, content: text, clientMessageId: cue };
      const { messageAdd } = await this.api.run(MessageAddDocument, { input }, character.token);
      said.push({ cue, seq: messageAdd.message.seq, speaker: character.username, text });
    }
    return said;
  }

  /** An entry after all lines: a feed that has it, and not a line before it, will never have that line. */
  private async dropCurtain({ title }: Scene, conversationId: string): Promise<string> {
    const end = `${title} (fin)`;
    const [founder] = this.cast.values();
    await this.api.run(ConversationUpdateDocument, { input: { conversationId, title: end } }, founder?.token);
    return end;
  }
}

function linesOf(entries: readonly FeedEntry[], conversationId: string): LoggedLine[] {
  return entries.flatMap(({ conversationId: where, type, seq, message, actor }) =>
    where === conversationId && type === 'MESSAGE_ADDED'
      ? [{ cue: message?.clientMessageId ?? '', seq, speaker: actor?.username ?? '', text: message?.content ?? '' }]
      : [],
  );
}
