import { gauge, type Sample } from './metrics.ts'

/** What of a connection is needed: statements that see the service's tables, of all organisations. */
export interface BacklogSource {
  readonly service: string
  readonly query: <Row extends Record<string, unknown>>(text: string) => Promise<Row[]>
}

/** Counted up to this: beyond it the number no longer matters, and counting it would cost. */
const MOST = 10_000
const counted = (table: string, condition: string) => `(select count(*)::int from (select from ${table} where ${condition} limit ${MOST}) as bounded)`
const COUNTS = `select ${counted('outbox', 'true')} as unpublished,
  ${counted('parked_event', "status <> 'dead'")} as parked,
  ${counted('parked_event', "status = 'dead'")} as "deadLetter",
  ${counted('job', "status = 'waiting' and run_at <= now()")} as "dueJob",
  ${counted('job', "status = 'given-up'")} as "givenUpJob"`
const AGE = `select coalesce((select greatest(0, extract(epoch from clock_timestamp() - e.occurred_at))::float8
    from outbox o join event e on e.organization_id = o.organization_id and e.id = o.event_id order by o.position limit 1), 0) as seconds`

const sources = new Set<BacklogSource>()

/** Shows in /metrics what of a service waits or has failed. Returns the function that ends it. */
export function watchBacklog(source: BacklogSource): () => void {
  sources.add(source)
  return () => void sources.delete(source)
}

gauge('backlog', 'What waits or has failed in a service, counted up to 10,000', ['service', 'kind'], () =>
  ask(async ({ service, query }) => {
    const [counts = {}] = await query<Record<string, number>>(COUNTS)
    return Object.entries(counts).map(([kind, value]) => ({ value, labels: { service, kind } }))
  }),
)
const OPEN_SAGAS = `select name, greatest(0, extract(epoch from clock_timestamp() - min(started_at)))::float8 as seconds
    from saga where wake_at is not null group by name`
gauge('saga_oldest_open_seconds', 'Age of the oldest saga that is neither done nor undone; no sample where there is none', ['service', 'saga'], () =>
  ask(async ({ service, query }) => {
    const rows = await query<{ name: string; seconds: number }>(OPEN_SAGAS)
    return rows.map(({ name, seconds }) => ({ value: seconds, labels: { service, saga: name } }))
  }),
)
gauge('outbox_oldest_seconds', 'Age of the oldest event that is not published yet', ['service'], () =>
  ask(async ({ service, query }) => {
    const [age] = await query<{ seconds: number }>(AGE)
    return [{ value: age?.seconds ?? 0, labels: { service } }]
  }),
)

/** A service whose database is away has no sample, which an alert can see; the others have theirs. */
async function ask(read: (source: BacklogSource) => Promise<Sample[]>): Promise<Sample[]> {
  const answers = await Promise.allSettled([...sources].map((source) => read({ service: source.service, query: (text) => source.query(text) })))
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
}

/** Whether what a process leans on answers: 1 or 0. Being away only degrades, so this is where it is seen. */
export function watchDependencies(checks: Readonly<Record<string, () => boolean | Promise<boolean>>>): void {
  gauge('dependency_up', 'Whether a dependency answers', ['dependency'], () =>
    Promise.all(Object.entries(checks).map(async ([dependency, isUp]) => ({ value: (await isUp()) ? 1 : 0, labels: { dependency } }))),
  )
}
