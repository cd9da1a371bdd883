import type { Notice } from './notice.js';

/** Undefined stands for everyone. */
type People = ReadonlySet<string> | undefined;

/** Who may receive one notice. */
export class Audience {
  private readonly to: People;
  private readonly toNamed: People;
  private readonly except: ReadonlySet<string>;

  constructor(private readonly notice: Notice) {
    this.to = peopleOf(notice.to);
    this.toNamed = peopleOf(notice.toNamed ?? []);
    this.except = new Set(notice.except);
  }

  /** The only people who can be meant, or undefined when it can be anybody. */
  get candidates(): People {
    return this.to && this.toNamed && new Set([...this.to, ...this.toNamed]);
  }

  /** Whether a person receives it in a view that is narrowed to a subject, or in one that is not. */
  admits(userId: string, subject: string | undefined): boolean {
    if (this.except.has(userId)) return false;
    const isAddressed = this.to?.has(userId) ?? true;
    if (subject === undefined) return isAddressed;
    return subject === this.notice.subject && (isAddressed || (this.toNamed?.has(userId) ?? true));
  }
}

function peopleOf(list: readonly string[] | 'everyone'): People {
  return list === 'everyone' ? undefined : new Set(list);
}
