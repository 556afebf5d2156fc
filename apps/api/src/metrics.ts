/** What is counted, in the form of Prometheus. Nothing has a label that tells persons apart. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The metrics of one server. */
export interface Metrics {
  readonly registry: Registry;
  readonly requestSeconds: Histogram<'method' | 'route' | 'status'>;
  readonly inclusionFiles: Counter;
  readonly refusedTokens: Counter;
  readonly slowClients: Counter;
  readonly refusedConnections: Counter;
}

/** Values that are read when somebody asks. */
export interface MetricSources {
  readonly reportCount: () => number;
  readonly verifications: () => { readonly waiting: number; readonly running: number };
}

/** Makes the metrics. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requestSeconds: new Histogram({
      name: 'solvent_request_seconds',
      help: 'Time of requests.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
      registers,
    }),
    inclusionFiles: new Counter({ name: 'solvent_inclusion_files_total', help: 'Inclusion files given.', registers }),
    refusedTokens: new Counter({ name: 'solvent_refused_tokens_total', help: 'Tokens refused.', registers }),
    slowClients: new Counter({ name: 'solvent_slow_clients_total', help: 'Clients cut off as too slow.', registers }),
    refusedConnections: new Counter({
      name: 'solvent_refused_connections_total',
      help: 'Connections over the limit of their address.',
      registers,
    }),
  };
}

/** Adds what is read from elsewhere. */
export function observeSources({ registry }: Metrics, { reportCount, verifications }: MetricSources): void {
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  gauge('solvent_reports', 'Reports that are served.', reportCount);
  gauge('solvent_verifications_waiting', 'Verifications that wait for a thread.', () => verifications().waiting);
  gauge('solvent_verifications_running', 'Verifications under way.', () => verifications().running);
}
