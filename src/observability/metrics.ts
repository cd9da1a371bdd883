import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { MeasuredOperation } from '../graphql/operation-watch.js';
import type { HealthReport } from './health.js';

/** One metric as it is published. */
export interface MetricDefinition {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
}

type Kind = MetricDefinition['type'];
const metric = (type: Kind, name: string, [help, ...labels]: readonly [string, ...string[]]): MetricDefinition => ({
  name: `chatset_${name}`,
  type,
  help,
  labels,
});

/** The one table of metrics: what is registered and what the documents tell are derived from it. Every label has few values. */
export const metricTable = {
  sends: metric('counter', 'sends_total', ['Messages that were stored.']),
  deliveries: metric('counter', 'deliveries_total', ['Answers of subscriptions that were handed to a transport.']),
  deliveryLag: metric('histogram', 'delivery_lag_seconds', [
    'From an entry being placed in the log to its delivery to one follower that is live.',
  ]),
  feedResets: metric('counter', 'feed_resets_total', ['Followers that were too far behind and were told to page.']),
  slowReaders: metric('counter', 'slow_readers_cut_total', ['Sockets that were closed because they did not read.']),
  connections: metric('gauge', 'connections', ['Open connections.', 'protocol']),
  operationTime: metric('histogram', 'operation_duration_seconds', [
    'Operations from arrival to answer, by documented name or `other`; subscriptions until they have their place.',
    'operation',
    'protocol',
  ]),
  operationErrors: metric('counter', 'operation_errors_total', [
    'Operations that failed, by error code.',
    'operation',
    'code',
  ]),
  databaseTime: metric('histogram', 'database_command_duration_seconds', ['Commands of the database.', 'command']),
  databaseErrors: metric('counter', 'database_command_errors_total', [
    'Commands of the database that failed.',
    'command',
  ]),
  busMessages: metric('counter', 'bus_messages_total', ['Messages that this process heard on the bus.', 'kind']),
  ready: metric('gauge', 'ready', ['1 while the server is ready, as at /readyz.']),
  checks: metric('gauge', 'check_ok', ['1 for each check of /readyz that is ok, 0 for one that is not.', 'check']),
} as const satisfies Record<string, MetricDefinition>;

const fine = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What this process has counted. Rooms know the parts of it that they tell, by interfaces of their own. */
export class Metrics {
  readonly contentType: string;
  private readonly registry = new Registry();
  private readonly sends = this.counter(metricTable.sends);
  private readonly deliveries = this.counter(metricTable.deliveries);
  private readonly deliveryLag = this.histogram(metricTable.deliveryLag);
  private readonly feedResets = this.counter(metricTable.feedResets);
  private readonly slowReaders = this.counter(metricTable.slowReaders);
  private readonly operationTime = this.histogram(metricTable.operationTime);
  private readonly operationErrors = this.counter(metricTable.operationErrors);
  private readonly databaseTime = this.histogram(metricTable.databaseTime);
  private readonly databaseErrors = this.counter(metricTable.databaseErrors);
  private readonly busMessages = this.counter(metricTable.busMessages);
  private readonly connectionCounts = new Map<string, () => number>();
  /** The health as the reading under way has found it. */
  private report: () => Promise<HealthReport>;

  /** @param health what /readyz reports */
  constructor(private readonly health: () => Promise<HealthReport>) {
    this.report = health;
    this.contentType = this.registry.contentType;
    collectDefaultMetrics({ register: this.registry });
    const connections = this.gauge(metricTable.connections, () => {
      for (const [protocol, count] of this.connectionCounts) connections.set({ protocol }, count());
    });
    const ready = this.gauge(metricTable.ready, async () => ready.set((await this.report()).ready ? 1 : 0));
    const checks = this.gauge(metricTable.checks, async () => {
      const outcomes = Object.entries((await this.report()).checks);
      for (const [check, outcome] of outcomes) checks.set({ check }, outcome === 'ok' ? 1 : 0);
    });
  }

  sent(messages: number): void {
    this.sends.inc(messages);
  }

  delivered(entryAt: Date | undefined): void {
    this.deliveries.inc();
    if (entryAt) this.deliveryLag.observe(Math.max(0, Date.now() - entryAt.getTime()) / 1_000);
  }

  feedReset(): void {
    this.feedResets.inc();
  }

  slowReaderCut(): void {
    this.slowReaders.inc();
  }

  operation({ name: operation, protocol, seconds, code }: MeasuredOperation): void {
    this.operationTime.observe({ operation, protocol }, seconds);
    if (code) this.operationErrors.inc({ operation, code });
  }

  command(command: string, seconds: number): void {
    this.databaseTime.observe({ command }, seconds);
  }

  commandFailed(command: string): void {
    this.databaseErrors.inc({ command });
  }

  heard({ kind }: { readonly kind: string }): void {
    this.busMessages.inc({ kind });
  }

  /** Asks for the number of open connections of a protocol whenever metrics are read. */
  countConnections(protocol: string, count: () => number): void {
    this.connectionCounts.set(protocol, count);
  }

  /** Everything, in the text format of Prometheus. Each reading asks for the health once. */
  text(): Promise<string> {
    const report = this.health();
    this.report = () => report;
    return this.registry.metrics();
  }

  private counter({ name, help, labels }: MetricDefinition): Counter {
    return new Counter({ name, help, labelNames: labels, registers: [this.registry] });
  }

  private histogram({ name, help, labels }: MetricDefinition): Histogram {
    return new Histogram({ name, help, labelNames: labels, buckets: fine, registers: [this.registry] });
  }

  private gauge({ name, help, labels }: MetricDefinition, collect?: () => void | Promise<void>): Gauge {
    return new Gauge({ name, help, labelNames: labels, registers: [this.registry], collect });
  }
}
