/** What can be wrong with what is stored. */
const ofLogs = [
  'gap in the log',
  'written by a stranger',
  'left pending',
  'message differs from its log',
  'doubled',
  'lost',
] as const;

/** What can be wrong with what was answered. */
const ofRequests = [
  'retry answered differently',
  'refused without a reason',
  'acknowledged and not done',
  'membership differs from its log',
  'wrong receipt',
  'wrong unread count',
] as const;

/** What can be wrong with what somebody was shown. */
const ofDisplays = [
  'another entry',
  'other content',
  'not a member',
  'gap or disorder',
  'shown twice',
  'needless reset',
  'left without the last entry',
  'not told of leaving',
  'never shown',
] as const;

/** Everything that a run can find out. */
export const brokenPromises = [
  ...ofLogs,
  ...ofRequests,
  ...ofDisplays,
  'present without a socket',
  'not settled',
] as const;

/** A promise that was broken, and where. */
export interface Fault {
  readonly promise: (typeof brokenPromises)[number];
  readonly where: string;
}
