import { useMe } from '../session/me.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { goTo } from '../ui/route.js';

/** What only site admins have. */
export function Administration() {
  const text = useText();
  const { role } = useMe();
  if (role !== 'ADMIN') return null;
  return (
    <section className="card">
      <h2>{text('reports.administration')}</h2>
      <p className="muted">{text('reports.text')}</p>
      <div className="row-end">
        <Button icon="shield" onClick={() => goTo({ place: 'reports' })}>
          {text('reports.open')}
        </Button>
      </div>
    </section>
  );
}
