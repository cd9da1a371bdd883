/** The payload of every live view that is in no log, by subscription name. Ids only: the newest state is loaded. */
export interface NoticePayloads {
  conversationCreated: { conversationId: string };
  conversationRemoved: { conversationId: string };
  conversationSpamMarked: { conversationId: string };
  conversationListChanged: { conversationId: string };
  receiptChanged: { conversationId: string; userId: string };
  userRegistered: { userId: string };
  userUnregistered: { userId: string };
  userChanged: { userId: string };
  contactUserAdded: { contactId: string };
  contactUserRemoved: { userId: string };
  presenceChanged: { userId: string };
  typingChanged: { conversationId: string; userId: string; typing: boolean };
}

export type NoticeName = keyof NoticePayloads;

/** One event of a live view and who may receive it. */
export interface Notice<Name extends NoticeName = NoticeName> {
  readonly name: Name;
  readonly payload: NoticePayloads[Name];
  /** The people who may receive it. */
  readonly to: readonly string[] | 'everyone';
  /** What it is about (a conversation or a person): subscribers that named another subject do not receive it. */
  readonly subject?: string;
  /** The people who receive it only where they named its subject. */
  readonly toNamed?: readonly string[] | 'everyone';
  /** People who do not receive it in any case. */
  readonly except?: readonly string[];
}
