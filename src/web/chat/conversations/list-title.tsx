import type { ReactNode } from 'react';

interface ListTitleProps {
  /** Whether the list is all that is shown. */
  readonly isWhole: boolean;
  /** Whether it is only read out. */
  readonly isHidden?: boolean;
  readonly children: ReactNode;
}

/** What the list is called; where nothing stands beside it, that is the title of the page. */
export function ListTitle({ isWhole, isHidden = false, children }: ListTitleProps) {
  const Title = isWhole ? 'h1' : 'h2';
  return <Title className={isHidden ? 'visually-hidden' : 'list-title'}>{children}</Title>;
}
