import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ReportsDocument } from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';
import { useText } from '../text/text.js';
import { IconButton } from '../ui/button.js';
import { goTo } from '../ui/route.js';
import { Empty, Failed, Loading } from '../ui/states.js';
import { ReportCard } from './report-card.js';

const page = 20;

/** What people reported, newest first; for site admins. */
export function ReportsPane() {
  const text = useText();
  const { reports, isPending, error, refetch, hasNextPage, fetchNextPage, isFetchNextPageError } = useReports();
  const isEmpty = !isPending && !error && reports.length === 0;
  return (
    <div className="pane">
      <header className="pane-head">
        <IconButton icon="back" label={text('action.back')} onClick={() => goTo({ place: 'settings' })} />
        <h1>{text('reports.title')}</h1>
      </header>
      {reports.map((report) => (
        <ReportCard key={report.id} report={report} />
      ))}
      {isEmpty && <Empty icon="shield" title={text('reports.empty')} text={text('reports.emptyText')} />}
      {isPending && <Loading />}
      {error && <Failed error={error} retry={() => void (isFetchNextPageError ? fetchNextPage() : refetch())} />}
      {hasNextPage && !error && <More onReach={() => void fetchNextPage()} count={reports.length} />}
    </div>
  );
}

function useReports() {
  const session = useSession();
  const query = useInfiniteQuery({
    queryKey: ['reports'],
    queryFn: async ({ pageParam: after }) => {
      const answer = await session.client.request(ReportsDocument, { first: page, after });
      session.meet(answer.reports.edges.map(({ node }) => node.reporter));
      return answer;
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ reports }) => (reports.pageInfo.hasNextPage ? reports.pageInfo.endCursor : undefined),
    staleTime: 0,
  });
  return { ...query, reports: query.data?.pages.flatMap(({ reports }) => reports.edges.map(({ node }) => node)) ?? [] };
}

interface MoreProps {
  readonly onReach: () => void;
  /** How many there are: after each page it is looked again whether the end is in sight. */
  readonly count: number;
}

/** Stands below what is loaded, and asks for more when it comes near. */
function More({ onReach, count }: MoreProps) {
  const mark = useRef<HTMLDivElement>(null);
  const reach = useRef(onReach);
  reach.current = onReach;
  useEffect(() => {
    const watcher = new IntersectionObserver(([seen]) => seen?.isIntersecting && reach.current(), {
      rootMargin: '400px',
    });
    if (mark.current) watcher.observe(mark.current);
    return () => watcher.disconnect();
  }, [count]);
  return (
    <div ref={mark}>
      <Loading />
    </div>
  );
}
