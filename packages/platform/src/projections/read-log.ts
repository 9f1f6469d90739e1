import { Envelope } from '@ai-crm/contracts'
import type { Statement } from '../db/database.ts'
import { ENVELOPE_JSON } from '../events/read-events.ts'
import { originOf } from './rebuild-origin.ts'
import type { ServiceRuntime, WorkLimits } from '../runtime/runtime.ts'

const PAGE_SIZE = 500
const BEFORE_ALL = ['', '00000000-0000-0000-0000-000000000000', 0] as const

/** What an organisation's log has of these types, aggregate after aggregate, each in its order. What is committed meanwhile may be among it. */
export async function* readLog(runtime: ServiceRuntime, organizationId: string, types: readonly string[], limits: WorkLimits): AsyncGenerator<Envelope> {
  let after: readonly (string | number)[] = BEFORE_ALL
  for (;;) {
    const page = await readPage(runtime, organizationId, limits, {
      // Walks the log's key. The types are compared last: most of a log is of interest, or it is short.
      text: `select ${ENVELOPE_JSON} as envelope from event e
              where (e.aggregate_type, e.aggregate_id, e.aggregate_version) > ($1, $2::uuid, $3) and e.type = any($4)
              order by e.aggregate_type, e.aggregate_id, e.aggregate_version limit ${PAGE_SIZE}`,
      values: [...after, types],
    })
    yield* page
    const last = page.at(-1)
    if (!last || page.length < PAGE_SIZE) return
    after = [last.aggregate.type, last.aggregate.id, last.aggregate.version]
  }
}

/** Each page by itself: no transaction waits idly while the events are folded. */
async function readPage(runtime: ServiceRuntime, organizationId: string, limits: WorkLimits, statement: Statement): Promise<Envelope[]> {
  const unit = runtime.openUnit(originOf(organizationId), limits)
  try {
    const [answer] = await unit.batch([statement])
    return (answer?.rows ?? []).map((row) => Envelope.parse(row['envelope']))
  } finally {
    await unit.rollback()
  }
}
