/** A promise that was broken, and where. */
export interface Fault {
  readonly promise: BrokenPromise;
  readonly where: string;
}

type BrokenPromise = LogFault | RequestFault | DisplayFault | 'present without a socket' | 'not settled';

/** What can be wrong with what is stored. */
type LogFault =
  'gap in the log' | 'written by a stranger' | 'left pending' | 'message differs from its log' | 'doubled' | 'lost';

/** What can be wrong with what was answered. */
type RequestFault =
  | 'retry answered differently'
  | 'refused without a reason'
  | 'acknowledged and not done'
  | 'membership differs from its log'
  | 'wrong receipt'
  | 'wrong unread count';

/** What can be wrong with what somebody was shown. */
type DisplayFault =
  | 'another entry'
  | 'other content'
  | 'not a member'
  | 'gap or disorder'
  | 'shown twice'
  | 'needless reset'
  | 'left without the last entry'
  | 'not told of leaving'
  | 'never shown';
