import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Instant } from '../identity/ids.ts'
import type { RunService } from '../runs/run-service.ts'
import type { Db } from '../store/transaction.ts'
import { countScimRequests } from './count-scim-requests.ts'
import { legMeasures } from './leg-measures.ts'
import type { Measure } from './measure.ts'
import { countRuns } from './run-counters.ts'
import { serviceMeasures } from './service-measures.ts'

export interface Metrics {
  readonly contentType: string
  /** Everything there is to tell, in the text format of Prometheus. */
  text(): Promise<string>
  /** Names as they stand in `text`. */
  names(): readonly string[]
  close(): Promise<void>
}

export interface MetricsOptions {
  readonly db: Db
  readonly now: () => Instant
  readonly environment: NodeJS.ProcessEnv
  readonly runs: Pick<RunService, 'subscribe'>
  readonly report: (error: unknown) => void
}

/** Numbers of the service and of its process, see docs/monitoring.md. */
export function createMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const measure of [...legMeasures, ...serviceMeasures]) addGauge(registry, measure, options)
  countScimRequests(registry, options.db)
  const stopCounting = countRuns({ registry, ...options })
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    names: () => registry.getMetricsAsArray().map(({ name }) => name),
    async close() {
      await stopCounting()
      registry.clear()
    },
  }
}

function addGauge(registry: Registry, measure: Measure, { db, now, environment }: MetricsOptions): void {
  new Gauge({
    name: measure.name,
    help: measure.help,
    labelNames: [...measure.labels],
    registers: [registry],
    async collect() {
      const readings = await measure.read({ db, now: now(), environment })
      this.reset()
      for (const { labels, value } of readings) this.set({ ...labels }, value)
    },
  })
}
