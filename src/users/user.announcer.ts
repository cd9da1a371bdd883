import type { Relations } from '../contacts/relations.js';
import type { Notices } from '../feed/notices.js';
import type { DirectoryKind } from './user.policy.js';
import type { User } from './user.model.js';

/** What telling others about a person needs. */
export interface AnnouncerParts {
  readonly notices: Notices;
  readonly relations: Relations;
  readonly directory: DirectoryKind;
}

/** Who hears that a person has gone. */
export interface LeavingAudience {
  readonly to: readonly string[] | 'everyone';
  readonly except: readonly string[];
}

/** Tells those who may know that a person came, changed or went. */
export class UserAnnouncer {
  constructor(private readonly parts: AnnouncerParts) {}

  /** To everyone in an open directory; in a closed one nobody knows a new person. */
  registered(user: User): void {
    const to = this.parts.directory === 'open' ? 'everyone' : [];
    this.parts.notices.publish({ name: 'userRegistered', payload: { userId: user.id }, to });
  }

  /** To the person itself, to those among whose people it is, and to whoever may follow it by its id. */
  async changed(user: User): Promise<void> {
    const { relations, notices, directory } = this.parts;
    const [audience, hidden] = await Promise.all([relations.audienceOf(user.id), relations.hiddenFrom(user.id)]);
    notices.publish({
      name: 'userChanged',
      payload: { userId: user.id },
      subject: user.id,
      to: [...audience, user.id],
      toNamed: directory === 'open' ? 'everyone' : [],
      except: [...hidden],
    });
  }

  /** Is to be asked before the person's contacts and conversations are gone. */
  async audienceOfLeaving(user: User): Promise<LeavingAudience> {
    const { relations, directory } = this.parts;
    if (directory === 'closed') return { to: await relations.audienceOf(user.id), except: [] };
    return { to: 'everyone', except: [...(await relations.hiddenFrom(user.id))] };
  }

  unregistered(user: User, audience: LeavingAudience): void {
    this.parts.notices.publish({ name: 'userUnregistered', payload: { userId: user.id }, ...audience });
  }
}
