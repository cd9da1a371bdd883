import { useState } from 'react';
import type { ReportsQuery } from '../../../generated/operations.js';
import { PersonRow } from '../people/person-row.js';
import { useNames } from '../state/names.js';
import { momentOf } from '../text/dates.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';

type Report = ReportsQuery['reports']['edges'][number]['node'];

/** How many quoted messages are shown at first. */
const first = 5;

/** Who reported what, when and why. */
export function ReportCard({ report }: { readonly report: Report }) {
  const { nameOf } = useNames();
  const text = useText();
  const { reporter, createdAt, reason, messages } = report;
  return (
    <article className="card report" aria-label={nameOf(reporter)}>
      <PersonRow person={reporter} detail={<time dateTime={createdAt}>{momentOf(createdAt, text.language)}</time>} />
      <p className={reason === null ? 'muted' : undefined} dir="auto">
        {reason ?? text('reports.noReason')}
      </p>
      <h2 className="section-title">{text('reports.quoted')}</h2>
      <Quoted messages={messages} />
    </article>
  );
}

/** In the order in which they were written. */
function Quoted({ messages }: Pick<Report, 'messages'>) {
  const { nameOf } = useNames();
  const text = useText();
  const [isWhole, setWhole] = useState(false);
  const shown = messages.slice(0, isWhole ? undefined : first).reverse();
  if (messages.length === 0) return <p className="muted">{text('reports.noMessages')}</p>;
  return (
    <>
      {shown.length < messages.length && (
        <Button look="quiet" onClick={() => setWhole(true)}>
          {text('reports.all', { count: messages.length })}
        </Button>
      )}
      <ol className="report-quotes">
        {shown.map(({ messageId, from, content, createdAt }) => (
          <li key={messageId}>
            <strong dir="auto">{nameOf(from)}</strong>
            <time className="muted" dateTime={createdAt}>
              {momentOf(createdAt, text.language)}
            </time>
            <p dir="auto">{content}</p>
          </li>
        ))}
      </ol>
    </>
  );
}
