import { metricTable } from '../observability/metrics.js';
import { code, markdownTable } from './markdown.js';

/** Every metric with its type, its labels and its sentence. */
export function metricsTable(): string {
  const rows = Object.values(metricTable).map(({ name, type, labels, help }) => [
    code(name),
    type,
    labels.map(code).join(', ') || '–',
    help,
  ]);
  return markdownTable(['Metric', 'Type', 'Labels', 'What it tells'], rows);
}
