import type { Envelope, EventData, EventDefinition } from '@ai-crm/contracts'
import { readEventsByType, type Database, type ServiceDefinition } from '@ai-crm/platform'
import type { TestDatabase } from '../database/database.ts'

/**
 * What a service stored in its event log, of one organisation or of all, oldest first. `relay` is the service's
 * database as its relay role, which sees the events of all organisations.
 */
export async function readEmitted<Definition extends EventDefinition>(
  relay: Database,
  definition: Definition,
  organizationId?: string,
): Promise<readonly Envelope<EventData<Definition>>[]> {
  const found: Envelope<EventData<Definition>>[] = []
  for await (const envelope of readEventsByType((statement) => relay.read(null, statement), [definition.type])) {
    if (organizationId && envelope.organizationId !== organizationId) continue
    found.push({ ...envelope, data: readData(definition, envelope.data) })
  }
  return found
}

/** Parsing is the proof: what is in the log must still fit the contract. */
function readData<Definition extends EventDefinition>(definition: Definition, data: unknown): EventData<Definition> {
  return definition.data.parse(data) as EventData<Definition>
}

const SETTLE_TIMEOUT_MS = 60_000
const LOOK_EVERY_MS = 30

/** Waits until nothing stored is unpublished, and no due job or parked event is left: in two looks running. */
export async function settle(database: TestDatabase, services: readonly ServiceDefinition[]): Promise<void> {
  const schemas = services.filter(({ migrations }) => migrations).map(({ name }) => name)
  const counts = schemas.map(
    (schema) => `(select count(*) from ${schema}.outbox)
      + (select count(*) from ${schema}.job where status = 'running' or (status = 'waiting' and run_at <= now() + interval '50 ms'))
      + (select count(*) from ${schema}.parked_event where status <> 'dead')`,
  )
  const sql = `select ${counts.join(' + ')} as left_over`
  let quietLooks = 0
  for (const deadline = Date.now() + SETTLE_TIMEOUT_MS; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))) {
    const [row] = await database.asAdmin(sql)
    quietLooks = Number(row?.['left_over']) === 0 ? quietLooks + 1 : 0
    if (quietLooks === 2) return
  }
  throw new Error(`The service did not settle within ${SETTLE_TIMEOUT_MS} ms.`)
}
