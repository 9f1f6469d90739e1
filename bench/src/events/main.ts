import { randomUUID } from 'node:crypto'
import { createRabbitBus, RelayConnection, serviceDatabaseUrl, startRelay } from '@ai-crm/platform'
import { startRabbit } from '@ai-crm/testing/servers'
import { pino } from 'pino'
import { startPostgres, type BenchDatabase } from '../system/start-postgres.ts'
import { publishBare } from './publish-bare.ts'

// node bench/src/events/main.ts: W13, the outbox through RabbitMQ beside bare confirmed publishes of the same run.
const EVENTS = 20_000
const ROUNDS = 3
/** Makes an envelope of about 1 KB. */
const PADDING = 'x'.repeat(500)
const TYPE = 'contact.created'

const log = pino({ level: 'error' })
const [database, broker] = [await startPostgres(), await startRabbit()]
try {
  const bus = createRabbitBus({ url: broker.url, log })
  await bus.declare([{ service: 'messaging', eventTypes: [TYPE] }])
  const sink = await bus.subscribe('messaging', async () => {})
  for (let round = 0; round <= ROUNDS; round++) {
    const bare = await publishBare(broker.url, EVENTS)
    const relayed = await relayAll(database)
    const row = `bare ${bare.toFixed(0)}/s, relay ${relayed.toFixed(0)}/s, ${(relayed / bare).toFixed(2)} of bare (target 0.5)`
    if (round > 0) console.log(`W13 round ${round}: ${row}`) // the first warms up
  }
  await sink.stop()

  async function relayAll({ databaseUrl, masterSecret, query }: BenchDatabase): Promise<number> {
    await fillOutbox(query)
    const login = serviceDatabaseUrl(databaseUrl, 'crm', 'relay', masterSecret)
    const connection = new RelayConnection({ service: 'crm', login, log })
    const startedAt = performance.now()
    const relay = startRelay({ connection, bus, log })
    while (Number((await query('select count(*) as waiting from crm.outbox'))[0]?.['waiting']) > 0) await new Promise((resolve) => setTimeout(resolve, 50))
    const seconds = (performance.now() - startedAt) / 1000
    await relay.stop()
    await connection.close()
    return EVENTS / seconds
  }
  await bus.close()
} finally {
  await broker.stop()
  await database.stop()
}

/** As services do it, one event per aggregate and transaction's worth at once; not part of what is measured. */
async function fillOutbox(query: BenchDatabase['query']): Promise<void> {
  await query(
    `with context as materialized (select set_config('app.organization_id', $1, true), set_config('search_path', 'crm, platform', true))
     select crm.emit_event(platform.uuid_v7(), '${TYPE}', 1, 'contact', platform.uuid_v7(), '{"type": "system", "id": null}', 'bench', null, 0, null,
                           jsonb_build_object('contactId', platform.uuid_v7(), 'padding', '${PADDING}'))
       from context, generate_series(1, ${EVENTS})`,
    [randomUUID()],
  )
}
