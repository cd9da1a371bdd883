import type { Fault } from './checks/fault.js';
import { faultsOfLog } from './checks/log-checks.js';
import { Logs } from './checks/logs.js';
import { faultsOfDeeds, faultsOfRefusal, faultsOfSending } from './checks/request-checks.js';
import { faultsOfView, faultsOfWire, incompleteWire, missingFrom } from './checks/sight-checks.js';
import { faultsOfStanding } from './checks/standing-checks.js';
import type { History } from './history.js';

/** Every broken promise of a run; none when all were kept. */
export interface Verdict {
  /** What nothing that comes later can put right. It may be asked for at any time. */
  readonly lasting: readonly Fault[];
  /** What must be right once nothing happens any more. */
  readonly open: readonly Fault[];
}

/** Looks whether a run kept every promise. */
export function judge(history: History): Verdict {
  const logs = new Logs(history);
  const { sendings, deeds, views, wires, standings } = history;
  return {
    lasting: [
      ...sendings.flatMap((sending) => faultsOfSending(sending, logs)),
      ...deeds.flatMap((deed) => faultsOfRefusal(deed, logs)),
      ...views.flatMap((view) => faultsOfView(view, logs)),
      ...wires.flatMap((wire) => faultsOfWire(wire, logs)),
    ],
    open: [
      ...faultsOfLog(logs),
      ...faultsOfDeeds(deeds, logs),
      ...views.flatMap((view) => missingFrom(view, logs)),
      ...wires.flatMap((wire) => incompleteWire(wire, logs)),
      ...standings.flatMap((standing) => faultsOfStanding(standing, history, logs)),
    ],
  };
}
