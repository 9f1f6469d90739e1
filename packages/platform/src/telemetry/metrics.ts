import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/**
 * The metrics of this process: one registry, because a process has one /metrics. Labels are names from our code
 * (operation, consumer, dependency), never an organisation, an id or an address: those go to logs and traces.
 */
export const metrics = new Registry()

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const duration = <const Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
  new Histogram({ name, help, labelNames, buckets: SECONDS, registers: [metrics] })

export const httpDuration = duration('http_server_duration_seconds', 'Time to answer a request', ['service', 'operation', 'status'])
export const consumerDuration = duration('consumer_duration_seconds', 'Time to process an event, by outcome (done, duplicate, parked)', ['consumer', 'outcome'])
export const jobDuration = duration('job_duration_seconds', 'Time to run a job, by outcome (done, failed)', ['job', 'outcome'])
export const dependencyDuration = duration('dependency_duration_seconds', 'Time of calls to the outside, by outcome', ['dependency', 'outcome'])
export const breakerTransitions = new Counter({
  name: 'breaker_transitions_total',
  help: 'Changes of a circuit breaker, by the state that it entered',
  labelNames: ['dependency', 'state'],
  registers: [metrics],
})
export const shedRequests = new Counter({
  name: 'http_shed_total',
  help: 'Requests refused because the process was full, by what they were and why (full, displaced, late)',
  labelNames: ['service', 'priority', 'reason'],
  registers: [metrics],
  collect: () => shedTallies.forEach((tell) => tell()),
})
const shedTallies: (() => void)[] = []
/** Whoever counts refusals by itself tells of them when the metrics are read. */
export const tallyShedRequests = (tell: () => void): void => void shedTallies.push(tell)
export const lateAnswers = new Counter({
  name: 'http_late_answers_total',
  help: 'Answers that were dropped because their caller had been told already that it took too long',
  labelNames: ['service', 'operation'],
  registers: [metrics],
})
export const refusedConnections = new Counter({
  name: 'http_connections_refused_total',
  help: 'Connections cut off because their address had too many already',
  registers: [metrics],
})
export const rateRefusals = new Counter({
  name: 'rate_limit_refused_total',
  help: 'Requests refused by a rate limit, by whose limit it was',
  labelNames: ['bucket'],
  registers: [metrics],
})
export const localRateVerdicts = new Counter({
  name: 'rate_limit_local_total',
  help: 'Verdicts of this process alone, because Redis was away',
  registers: [metrics],
})
export const publishedEvents = new Counter({
  name: 'events_published_total',
  help: 'Events that the bus has confirmed',
  labelNames: ['service', 'type'],
  registers: [metrics],
})

/** Alarms, not attempts: one password tried on many accounts from few networks. */
export const passwordSprays = new Counter({
  name: 'auth_password_sprays_total',
  help: 'Times that one password was tried on many accounts from few networks',
  registers: [metrics],
})

let isCollecting = false

/** Memory, CPU, garbage collection, handles and event-loop lag of the process. */
export function collectProcessMetrics(): void {
  if (!isCollecting) collectDefaultMetrics({ register: metrics })
  isCollecting = true
}

export interface Sample {
  readonly value: number
  readonly labels?: Readonly<Record<string, string>>
}

/**
 * A gauge that is asked when Prometheus asks (outbox depth and age, dead letters, queue length, sockets). Registering
 * a name again replaces the question: each start of a service in a test brings its own.
 */
export function gauge(name: string, help: string, labelNames: readonly string[], collect: () => Promise<readonly Sample[]>): void {
  metrics.removeSingleMetric(name)
  new Gauge({
    name,
    help,
    labelNames: [...labelNames],
    registers: [metrics],
    async collect() {
      const samples = await collect()
      this.reset()
      for (const { labels, value } of samples) this.set({ ...labels }, value)
    },
  })
}
